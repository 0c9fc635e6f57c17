import type { CallUnderWay, ExchangeRecorded } from '#protocol/bridge-events';
import type { CloudEnvironment, ProblemCode } from '#protocol/problem';

import type { AccountServices } from './account-services.ts';

/** On whose behalf calls leave, and who is told of them. */
export interface UpstreamContext {
  readonly services: AccountServices;
  /** Gets every exchange, secrets masked. */
  readonly record: (exchange: ExchangeRecorded) => void;
  /** Is told of every call that leaves, secrets masked; returns what tells of its end, which comes before `record`. */
  readonly begin?: (call: BegunCall) => () => void;
  /**
   * Whether somebody waits for the answer. `background`: nobody does, so that a failure that passes is waited out as long as
   * the vendor recommends. Default: `interactive`, and a failure is told at once.
   */
  readonly patience?: Patience;
}

export type BegunCall = Omit<CallUnderWay, 'conversationId'>;

export type Patience = 'interactive' | 'background';

/** One call to the cloud. */
export interface UpstreamCall {
  /** Service name of the directory, or `csds` for the directory itself. */
  readonly service: string;
  /** What the call is for, e.g. `app token`. */
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: UpstreamBody;
  /** Whether doing it twice does no harm; such a call is repeated after a failure of the network. */
  readonly isRepeatable: boolean;
  /** How often it left before and was refused for its token: its tries are counted on from there. Default: never. */
  readonly triedBefore?: number;
  /** Pause after a 429 that does not say how long. Default: a second. @see PROTOCOL.md §13 */
  readonly throttledSeconds?: number;
  /** Values that must not be recorded wherever they stand. */
  readonly secrets?: readonly string[];
  /** What a refusal means here, by HTTP status; any other 4xx is `upstream-rejected`. */
  readonly refusals?: Readonly<Partial<Record<number, ProblemCode>>>;
}

/** Which cloud the call goes to: LivePerson's is reached by https only, the emulator of this server by plain HTTP. */
export const environmentOf = ({ url }: Pick<UpstreamCall, 'url'>): CloudEnvironment =>
  url.startsWith('http:') ? 'emulator' : 'liveperson';

export type UpstreamBody = { readonly json: unknown } | { readonly form: Readonly<Record<string, string>> };

/** An answer as it came. */
export interface UpstreamAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, else the text; `''` when empty. */
  readonly body: unknown;
  readonly setCookies: readonly string[];
  /** Names the exchange that brought it. */
  readonly exchangeId?: string;
}

/** The body's form as it travels, and its type. */
export function encodeBody(body: UpstreamBody): { readonly type: string; readonly text: string } {
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(body.json) };
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(body.form).toString() };
}
