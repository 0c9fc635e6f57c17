import * as v from 'valibot';

import { serviceOrigin } from './account-services.ts';
import { tokenPart } from './answer-parts.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

const tokenSchema = v.looseObject({ token: tokenPart });

/** Gets tokens for consumers. @see PROTOCOL.md §5.2 */
export class ConsumerTokenClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** @throws BridgeError `token-refused` */
  async fetch(context: UpstreamContext, appToken: string, externalId: string): Promise<string> {
    const origin = serviceOrigin(context.services, 'idp');
    const call: UpstreamCall = {
      service: 'idp',
      summary: 'consumer token',
      method: 'POST',
      url: `${origin}/api/account/${encodeURIComponent(context.services.account)}/consumer?v=1.0`,
      // Raw, without "Bearer".
      headers: { Authorization: appToken },
      body: { json: { ext_consumer_id: externalId } },
      isRepeatable: true,
      secrets: [appToken],
      refusals: { 401: 'token-refused', 403: 'token-refused' },
    };
    return readAnswer(call, await this.http.call(call, context), tokenSchema).token;
  }
}
