import * as v from 'valibot';

import { serviceOrigin } from './account-services.ts';
import { idPart, tokenPart } from './answer-parts.ts';
import { readAnswer } from './read-answer.ts';
import { directorySchema } from './service-directory-client.ts';
import type { UpstreamAnswer, UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

/** @see PROTOCOL.md §13 (login burst) */
const LOGIN_BURST_SECONDS = 5;

const flag = v.optional(v.boolean(), false);

/** @see PROTOCOL.md §2.1 */
const loginSchema = v.looseObject({
  bearer: tokenPart,
  csrf: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1024))), null),
  config: v.looseObject({
    userId: v.pipe(v.union([v.string(), v.number()]), v.transform(String), idPart),
    loginName: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256))), null),
    isAdmin: flag,
    isLPA: flag,
  }),
  csdsCollectionResponse: v.optional(v.nullable(directorySchema), null),
});

export type LoginAnswer = v.InferOutput<typeof loginSchema> & {
  /** `name=value` pairs to send with refresh and logout. */
  readonly cookie: string | null;
};

/** What refresh and logout need of a login. */
export interface AgentSession {
  readonly bearer: string;
  readonly csrf: string | null;
  readonly cookie: string | null;
}

/** Signs account users in and out. @see PROTOCOL.md §2 */
export class AgentLoginClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** @throws BridgeError `wrong-credentials`, `account-locked` */
  async login(
    context: UpstreamContext,
    credentials: { readonly loginName: string; readonly password: string },
  ): Promise<LoginAnswer> {
    const call: UpstreamCall = {
      service: 'agentVep',
      summary: 'sign in',
      method: 'POST',
      url: urlOf(context, 'login'),
      body: { json: { username: credentials.loginName, password: credentials.password } },
      isRepeatable: true,
      throttledSeconds: LOGIN_BURST_SECONDS,
      secrets: [credentials.password],
      refusals: { 400: 'wrong-credentials', 401: 'wrong-credentials', 451: 'account-locked' },
    };
    const answer = await this.http.call(call, context);
    return { ...readAnswer(call, answer, loginSchema), cookie: cookieOf(answer) };
  }

  /** Keeps the session in the cloud alive. @throws BridgeError `upstream-session-ended` */
  async refresh(context: UpstreamContext, session: AgentSession): Promise<void> {
    await this.http.call(sessionCall(context, session, 'refresh'), context);
  }

  /** Ends the session in the cloud. */
  async logout(context: UpstreamContext, session: AgentSession): Promise<void> {
    await this.http.call(sessionCall(context, session, 'logout'), context);
  }
}

function urlOf({ services }: UpstreamContext, action: 'login' | 'refresh' | 'logout'): string {
  const origin = serviceOrigin(services, 'agentVep');
  return `${origin}/api/account/${encodeURIComponent(services.account)}/${action}?v=1.3`;
}

function sessionCall(
  context: UpstreamContext,
  { bearer, csrf, cookie }: AgentSession,
  action: 'refresh' | 'logout',
): UpstreamCall {
  return {
    service: 'agentVep',
    summary: action === 'refresh' ? 'keep the session alive' : 'sign out',
    method: 'POST',
    url: urlOf(context, action),
    headers: { Authorization: `Bearer ${bearer}`, ...(cookie !== null && { Cookie: cookie }) },
    body: { json: { csrf: csrf ?? '' } },
    isRepeatable: true,
    secrets: [bearer, ...(csrf === null ? [] : [csrf]), ...(cookie === null ? [] : [cookie])],
    refusals: { 401: 'upstream-session-ended' },
  };
}

function cookieOf({ setCookies }: UpstreamAnswer): string | null {
  const pairs = setCookies
    .map((cookie) => cookie.split(';', 1).join('').trim())
    .filter((pair) => pair.includes('='));
  return pairs.length === 0 ? null : pairs.join('; ');
}
