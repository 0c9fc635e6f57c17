import * as v from 'valibot';

import type { AppKey } from '#protocol/identifiers';

import { serviceOrigin } from './account-services.ts';
import { tokenPart } from './answer-parts.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

const tokenSchema = v.looseObject({ access_token: tokenPart });

/** Gets tokens for apps. @see PROTOCOL.md §5.1 */
export class AppTokenClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** The secret goes into the form body, never into the URL. @throws BridgeError `token-refused` */
  async fetch(
    context: UpstreamContext,
    app: { readonly key: AppKey; readonly secret: string },
  ): Promise<string> {
    const origin = serviceOrigin(context.services, 'sentinel');
    const path = `/sentinel/api/account/${encodeURIComponent(context.services.account)}/app/token`;
    const call: UpstreamCall = {
      service: 'sentinel',
      summary: 'app token',
      method: 'POST',
      url: `${origin}${path}?v=1.0&grant_type=client_credentials`,
      body: { form: { client_id: app.key, client_secret: app.secret } },
      isRepeatable: true,
      secrets: [app.secret],
      refusals: { 400: 'token-refused', 401: 'token-refused', 403: 'token-refused', 404: 'token-refused' },
    };
    return readAnswer(call, await this.http.call(call, context), tokenSchema).access_token;
  }
}
