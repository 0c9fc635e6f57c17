import type { Request } from 'express';
import * as v from 'valibot';

import { CLIENT_FEATURES } from '#protocol/connector/envelope';
import type { ClientFeature } from '#protocol/connector/envelope';
import type { ConsumerId } from '#protocol/identifiers';

import { jsonObject } from '../json-object.ts';
import type { Account } from '../state/account-state.ts';
import type { CloudTokens } from '../tokens/cloud-tokens.ts';
import { readAppAuthority } from './app-authority.ts';
import { parsedJson } from './request-body.ts';
import { badConnectorRequest, gatewayRefusal } from './upstream-error.ts';
import type { GatewayErrorCode } from './upstream-error.ts';

/** On whose behalf a call of the Connector API comes. */
export interface ConnectorCaller {
  readonly consumerId: ConsumerId;
  /** What the client can show, as announced with this very call. */
  readonly features: readonly ClientFeature[];
  /** All that the client said about itself, unknown members included; `null`: nothing. @see PROTOCOL.md §6.1 */
  readonly clientProperties: Readonly<Record<string, unknown>> | null;
}

const APP_REFUSALS = { missing: 40105, invalid: 40102, 'claims-missing': 40001 } as const satisfies Record<
  string,
  GatewayErrorCode
>;

/**
 * Checks both tokens of a call, in the gateway's order.
 *
 * @param requestId `id` of the request, when the body is one request and could be read: echoed in a refusal.
 * @see PROTOCOL.md §6.1, §6.6
 */
export async function authenticateConnector(
  request: Request,
  { account, tokens, requestId }: { account: Account; tokens: CloudTokens; requestId: string | undefined },
): Promise<ConnectorCaller> {
  const app = await readAppAuthority(request, account, tokens);
  if (typeof app === 'string') throw gatewayRefusal(APP_REFUSALS[app], requestId);
  const onBehalf = request.get('x-lp-on-behalf')?.trim() ?? '';
  if (onBehalf === '') throw gatewayRefusal(40104, requestId);
  const consumer = await tokens.readConsumerToken(onBehalf);
  if (consumer?.account !== account.id) throw gatewayRefusal(40103, requestId);
  const clientProperties = readClientProperties(request, requestId);
  const announced = clientProperties?.features ?? [];
  return {
    consumerId: consumer.consumerId,
    // Names that are not known change nothing.
    features: CLIENT_FEATURES.filter((feature) => announced.includes(feature)),
    clientProperties,
  };
}

const atMost = (length: number) => v.optional(v.pipe(v.string(), v.maxLength(length)));

/** @see PROTOCOL.md §6.1 */
const clientPropertiesSchema = jsonObject({
  type: v.optional(v.picklist(['.ClientProperties', '.ams.headers.ClientProperties'])),
  features: v.optional(v.array(v.string())),
  appId: atMost(64),
  appVersion: atMost(32),
  ipAddress: atMost(32),
  deviceFamily: v.optional(v.picklist(['DESKTOP', 'TABLET', 'MOBILE', 'OTHER'])),
  os: v.optional(v.picklist(['WINDOWS', 'LINUX', 'OSX', 'ANDROID', 'IOS', 'OTHER'])),
  osVersion: atMost(64),
  osName: atMost(64),
  integrationVersion: atMost(64),
  browser: atMost(64),
  browserVersion: atMost(64),
  timeZone: atMost(64),
  deviceManufacture: atMost(64),
  deviceModel: atMost(64),
  integration: v.optional(v.picklist(['WEB_SDK', 'MOBILE_SDK', 'BRAND_SDK'])),
});

type ClientProperties = v.InferOutput<typeof clientPropertiesSchema>;

function readClientProperties(request: Request, requestId: string | undefined): ClientProperties | null {
  const header = request.get('client-properties');
  if (header === undefined) return null;
  const properties = v.safeParse(clientPropertiesSchema, parsedJson(header));
  if (!properties.success) throw badConnectorRequest(requestId);
  return properties.output;
}
