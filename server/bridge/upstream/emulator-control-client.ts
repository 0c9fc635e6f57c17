import * as v from 'valibot';

import {
  DELIVERY_FAILURES,
  DELIVERY_OUTCOMES,
  EMULATOR_PERSONAS,
  type EmulatorPersona,
  type EmulatorSettings,
} from '#protocol/emulator-controls';
import type { AppKey, AccountId, ConversationId } from '#protocol/identifiers';
import type { UpstreamRefusal } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamAnswer, UpstreamBody, UpstreamCall } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

const faultSchema = v.looseObject({
  id: v.string(),
  on: v.picklist(['call', 'webhook']),
  kind: v.string(),
  count: v.nullable(v.number()),
  fired: v.number(),
  match: v.looseObject({ account: v.exactOptional(v.string()) }),
});

const deliverySchema = v.looseObject({
  id: v.string(),
  number: v.number(),
  at: v.number(),
  delivery: v.number(),
  app: v.string(),
  eventType: v.string(),
  endpoint: v.nullable(v.string()),
  attempt: v.number(),
  redelivery: v.nullable(v.number()),
  outcome: v.picklist(DELIVERY_OUTCOMES),
  status: v.nullable(v.number()),
  reason: v.nullable(v.picklist(DELIVERY_FAILURES)),
  durationMs: v.number(),
  nextAt: v.nullable(v.number()),
  isKept: v.boolean(),
});

const appSchema = v.looseObject({
  app: v.string(),
  name: v.string(),
  phase: v.string(),
  nextAt: v.nullable(v.number()),
  waiting: v.number(),
  endpoints: v.array(
    v.looseObject({
      endpoint: v.string(),
      slowSince: v.nullable(v.number()),
      isSwitchedOff: v.boolean(),
    }),
  ),
});

const accountSchema = v.looseObject({ settings: v.looseObject({ hasSurvey: v.boolean() }) });

const personaSchema = v.looseObject({ persona: v.nullable(v.picklist(EMULATOR_PERSONAS)) });

/** A try to deliver a webhook as the emulator tells it. */
export type ToldDelivery = v.InferOutput<typeof deliverySchema>;

/** How a connector app stands at the emulator. */
export type ToldApp = v.InferOutput<typeof appSchema>;

/** A fault rule as the emulator tells it, with what it counts. */
export type ToldFault = v.InferOutput<typeof faultSchema>;

/** Where the emulator is, and on whose behalf it is asked. */
export interface ControlTarget {
  readonly origin: string;
  readonly account: AccountId;
}

/** Something that the agent of a conversation is asked for. */
export interface ConversationControl {
  readonly method: 'POST' | 'PUT';
  /** Last part of the path, e.g. `say`. */
  readonly verb: string;
  readonly body: unknown;
}

type Asked = Pick<UpstreamCall, 'summary' | 'method'> & { readonly path: string; readonly json?: unknown };

/** Turns the emulator's knobs over its control API. Nothing of it is the cloud's: no log tells of these calls. */
export class EmulatorControlClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  async faults(target: ControlTarget): Promise<readonly ToldFault[]> {
    const asked: Asked = { summary: 'faults in force', method: 'GET', path: '/faults' };
    const call = callOf(target, asked);
    return readAnswer(call, await this.run(call), v.looseObject({ faults: v.array(faultSchema) })).faults;
  }

  async addFault(target: ControlTarget, rule: unknown): Promise<ToldFault> {
    const call = callOf(target, { summary: 'new fault', method: 'POST', path: '/faults', json: rule });
    return readAnswer(call, await this.run(call), faultSchema);
  }

  async removeFault(target: ControlTarget, id: string): Promise<void> {
    const path = `/faults/${encodeURIComponent(id)}`;
    await this.run(callOf(target, { summary: 'end of a fault', method: 'DELETE', path }));
  }

  async control(
    target: ControlTarget,
    id: ConversationId,
    { method, verb, body }: ConversationControl,
  ): Promise<void> {
    const path = `${accountPath(target)}/conversations/${encodeURIComponent(id)}/${verb}`;
    await this.run(callOf(target, { summary: `agent: ${verb}`, method, path, json: body }));
  }

  /** The latest, oldest first. @param limit how many at most; `null`: all that the emulator tells */
  async deliveries(target: ControlTarget, limit: number | null): Promise<readonly ToldDelivery[]> {
    const most = limit === null ? '' : `&limit=${limit}`;
    const path = `/deliveries?account=${encodeURIComponent(target.account)}${most}`;
    const call = callOf(target, { summary: 'tries of webhooks', method: 'GET', path });
    const schema = v.looseObject({ deliveries: v.array(deliverySchema) });
    return readAnswer(call, await this.run(call), schema).deliveries;
  }

  /**
   * Asks for the webhook of a try once more; what comes of it is told among the tries.
   * @throws BridgeError `redelivery-refused` where it cannot go out, `unknown-delivery` where no such try is known
   */
  async redeliver(target: ControlTarget, id: string): Promise<void> {
    const path = `${accountPath(target)}/deliveries/${encodeURIComponent(id)}/redeliver`;
    const call = callOf(target, { summary: 'redelivery', method: 'POST', path });
    await this.run({ ...call, refusals: { 404: 'unknown-delivery', 409: 'redelivery-refused' } });
  }

  async apps(target: ControlTarget): Promise<readonly ToldApp[]> {
    const path = `${accountPath(target)}/apps`;
    const call = callOf(target, { summary: 'state of the apps', method: 'GET', path });
    return readAnswer(call, await this.run(call), v.looseObject({ apps: v.array(appSchema) })).apps;
  }

  /** Gives the endpoints of an app that were switched off another chance. */
  async switchOn(target: ControlTarget, app: AppKey): Promise<void> {
    const path = `${accountPath(target)}/apps/${encodeURIComponent(app)}/switch-on`;
    await this.run(callOf(target, { summary: 'endpoints on again', method: 'POST', path }));
  }

  /** Who answers in the conversation; `null`: the emulator's usual one. */
  async persona(target: ControlTarget, id: ConversationId): Promise<EmulatorPersona | null> {
    const path = `${accountPath(target)}/conversations/${encodeURIComponent(id)}/persona`;
    const call = callOf(target, { summary: 'agent: who answers', method: 'GET', path });
    return readAnswer(call, await this.run(call), personaSchema).persona;
  }

  async settings(target: ControlTarget): Promise<EmulatorSettings> {
    const call = callOf(target, { summary: 'settings', method: 'GET', path: accountPath(target) });
    const { settings } = readAnswer(call, await this.run(call), accountSchema);
    return { hasSurvey: settings.hasSurvey };
  }

  async set(target: ControlTarget, settings: EmulatorSettings): Promise<void> {
    const asked: Asked = { summary: 'new settings', method: 'PATCH', path: accountPath(target) };
    await this.run(callOf(target, { ...asked, json: { settings } }));
  }

  private async run(call: UpstreamCall): Promise<UpstreamAnswer> {
    try {
      return await this.http.call(call, { record: () => undefined });
    } catch (error) {
      throw withoutExchange(error);
    }
  }
}

/** What is not in the log cannot be shown there: nobody is to be led to it. */
function withoutExchange(error: unknown): unknown {
  if (!(error instanceof BridgeError) || error.upstream === undefined) return error;
  const upstream: UpstreamRefusal & { exchangeId?: string } = { ...error.upstream };
  delete upstream.exchangeId;
  const { code, message, retryAfterSeconds } = error;
  const retry = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new BridgeError(code, message, { cause: error, upstream, ...retry });
}

const accountPath = ({ account }: ControlTarget): string => `/accounts/${encodeURIComponent(account)}`;

function callOf({ origin }: ControlTarget, { path, json, ...asked }: Asked): UpstreamCall {
  const body: { readonly body?: UpstreamBody } = json === undefined ? {} : { body: { json } };
  return {
    ...{ service: 'emulator', ...asked, ...body },
    url: `${origin}/emulator/control${path}`,
    isRepeatable: false,
  };
}
