import type { AppInstallation } from '#protocol/app-installation';

import type { CloudSettings } from '../cloud-settings.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import { QUICK, standingAfter } from './endpoint-watch.ts';
import type { EndpointStanding } from './endpoint-watch.ts';

export interface EndpointsDeps {
  readonly settings: CloudSettings;
  readonly log: EmulatorLog;
}

/**
 * The endpoints of the apps: warns of slow ones and switches off what stays slow. A changed installation begins anew.
 *
 * @see PROTOCOL.md §8.5
 */
export class Endpoints {
  /** An installation is a new object after every change, so that what was known of it is forgotten with it. */
  private standings = new WeakMap<AppInstallation, Map<string, EndpointStanding>>();
  private readonly deps: EndpointsDeps;

  constructor(deps: EndpointsDeps) {
    this.deps = deps;
  }

  standing(app: AppInstallation, endpoint: string): EndpointStanding {
    return this.standings.get(app)?.get(endpoint) ?? QUICK;
  }

  /** Takes note of how long an endpoint took. */
  note(
    app: AppInstallation,
    endpoint: string,
    answer: { readonly at: number; readonly durationMs: number },
  ): void {
    const { webhookSlowMs: slowMs, webhookSwitchOffMs: switchOffMs } = this.deps.settings;
    const before = this.standing(app, endpoint);
    const after = standingAfter(before, answer, { slowMs, switchOffMs });
    if (after === before) return;
    this.keep(app, endpoint, after);
    this.warn(before, after, { appKey: app.client_id, endpoint, durationMs: answer.durationMs });
  }

  /** Gives an app's endpoints that were switched off another chance. */
  switchOn(app: AppInstallation): void {
    this.standings.delete(app);
  }

  private keep(app: AppInstallation, endpoint: string, standing: EndpointStanding): void {
    const known = this.standings.get(app) ?? new Map<string, EndpointStanding>();
    known.set(endpoint, standing);
    this.standings.set(app, known);
  }

  private warn(before: EndpointStanding, after: EndpointStanding, fields: object): void {
    const { log } = this.deps;
    if (before.slowSince === null && after.slowSince !== null) log.warn(fields, 'webhook endpoint is slow');
    if (after.isSwitchedOff) log.warn(fields, 'webhook endpoint switched off: it stayed slow for too long');
  }
}
