import { CONNECTOR_SCOPE, isConnectorApp } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { countPlaces, type EndpointPlace } from '../bridge/webhook-endpoints';

/** One line of the apps table. */
export interface AppRow {
  readonly id: AppKey;
  readonly name: string;
  readonly description: string;
  readonly isEnabled: boolean;
  /** Epoch milliseconds; `null` when the account does not say. */
  readonly createdAt: number | null;
  readonly hasSecret: boolean;
  /** Whether it has the connector's scope, without which it cannot chat here. */
  readonly isConnector: boolean;
  /** Scopes besides the connector's. */
  readonly otherScopes: readonly string[];
  readonly endpoints: Readonly<Record<EndpointPlace, number>>;
}

/** Lines for all apps of the account; a connector app may have more scopes than the connector's. */
export function toRows(
  installations: readonly InstallationView[],
  here: readonly string[],
): readonly AppRow[] {
  return installations.filter(isShown).map((app) => ({
    id: app.id,
    name: app.client_name,
    description: app.description ?? '',
    isEnabled: app.enabled,
    createdAt: app.client_id_issued_at > 0 ? app.client_id_issued_at * 1000 : null,
    hasSecret: app.hasSecret,
    isConnector: isConnectorApp(app),
    otherScopes: scopesOf(app).filter((scope) => scope !== CONNECTOR_SCOPE),
    endpoints: countPlaces(app.capabilities?.webhooks, here),
  }));
}

const isShown = (app: InstallationView): boolean => app['deleted'] !== true;

const scopesOf = ({ scope }: InstallationView): readonly string[] =>
  (scope ?? '').split(/\s+/).filter((each) => each !== '');
