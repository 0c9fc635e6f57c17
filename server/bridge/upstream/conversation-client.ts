import * as v from 'valibot';

import type { ClientFeature, ConnectorRequest } from '#protocol/connector/envelope';

import { BridgeError } from '../errors/bridge-error.ts';
import { serviceOrigin } from './account-services.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';
import { readRefusal } from './upstream-refusal.ts';

const resultSchema = v.looseObject({ code: v.union([v.string(), v.number()]), body: v.unknown() });

export type ConnectorAnswer = v.InferOutput<typeof resultSchema>;

/** The two tokens and the announced features that every call of the Connector API carries. */
export interface ConnectorCredentials {
  readonly appToken: string;
  readonly consumerToken: string;
  readonly features: readonly ClientFeature[];
  /** How often the same call was refused for tokens that these replace. Default: never. */
  readonly triedBefore?: number;
}

/** The Connector API. @see PROTOCOL.md §6 */
export class ConversationClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** Opens a conversation: profile first, request second; one answer for each. */
  async open(
    context: UpstreamContext,
    credentials: ConnectorCredentials,
    requests: readonly ConnectorRequest[],
  ): Promise<readonly ConnectorAnswer[]> {
    const call = callFor(context, credentials, { path: '', summary: 'open conversation', json: requests });
    const answer = await this.http.call(call, context);
    const results = readAnswer(call, answer, v.array(resultSchema));
    if (results.length === requests.length && results.every(({ code }) => code === 'OK')) return results;
    throw refused(call, { ...answer, body: results });
  }

  /** Sends one request. @throws BridgeError `answer-lost` when it may have been done */
  async send(
    context: UpstreamContext,
    credentials: ConnectorCredentials,
    { request, summary }: { readonly request: ConnectorRequest; readonly summary: string },
  ): Promise<ConnectorAnswer> {
    const call = callFor(context, credentials, { path: '/send', summary, json: request });
    const answer = await this.http.call(call, context);
    const result = readAnswer(call, answer, resultSchema);
    if (result.code === 'OK') return result;
    throw refused(call, answer);
  }
}

function callFor(
  { services }: UpstreamContext,
  { appToken, consumerToken, features, triedBefore = 0 }: ConnectorCredentials,
  { path, summary, json }: { readonly path: string; readonly summary: string; readonly json: unknown },
): UpstreamCall {
  const origin = serviceOrigin(services, 'asyncMessagingEnt');
  const account = encodeURIComponent(services.account);
  return {
    service: 'asyncMessagingEnt',
    summary,
    method: 'POST',
    url: `${origin}/api/account/${account}/messaging/consumer/conversation${path}?v=3`,
    headers: {
      Authorization: appToken,
      'X-LP-ON-BEHALF': consumerToken,
      'Client-Properties': JSON.stringify({ type: '.ClientProperties', features }),
    },
    body: { json },
    isRepeatable: false,
    triedBefore,
    secrets: [appToken, consumerToken],
    refusals: { 401: 'token-refused' },
  };
}

/** A refusal that came with status 200: each result carries its own code. */
function refused(call: UpstreamCall, answer: Parameters<typeof readRefusal>[1]): BridgeError {
  const upstream = readRefusal(call, answer);
  const words = upstream.message ?? upstream.code ?? 'no reason given';
  return new BridgeError('upstream-rejected', `The service ${call.service} refused: ${words}.`, { upstream });
}
