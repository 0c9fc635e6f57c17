import * as v from 'valibot';

import { serviceOrigin } from './account-services.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

const MESSAGING_FEATURE = 'Common.Async_Messaging';

const items = v.array(
  v.looseObject({
    compoundFeatureID: v.string(),
    value: v.optional(v.nullable(v.looseObject({ value: v.unknown() }))),
  }),
);

/** The inner doubling of `accountList` is the service's own. @see PROTOCOL.md §3 */
const grantsSchema = v.looseObject({
  appDataList: v.array(
    v.looseObject({
      accountList: v.looseObject({
        accountList: v.array(v.looseObject({ itemsCollection: v.looseObject({ data: items }) })),
      }),
    }),
  ),
});

/** Reads an account's features. @see PROTOCOL.md §3 */
export class AccountConfigClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** Whether messaging is on for the account; `null` when it does not list the property. */
  async isMessagingEnabled(context: UpstreamContext, bearer: string): Promise<boolean | null> {
    const origin = serviceOrigin(context.services, 'accountConfigReadWrite');
    const path = `/api/account/${encodeURIComponent(context.services.account)}/configuration/provision/featureGrants`;
    const call: UpstreamCall = {
      service: 'accountConfigReadWrite',
      summary: 'messaging property',
      method: 'GET',
      url: `${origin}${path}?v=1.0&excludeLegacy=true&jsonProvider=gson`,
      headers: { Authorization: `Bearer ${bearer}` },
      isRepeatable: true,
      secrets: [bearer],
      refusals: { 401: 'upstream-session-ended' },
    };
    const grants = readAnswer(call, await this.http.call(call, context), grantsSchema);
    const features = grants.appDataList
      .flatMap(({ accountList }) => accountList.accountList)
      .flatMap(({ itemsCollection }) => itemsCollection.data);
    const value = features.find((item) => item.compoundFeatureID === MESSAGING_FEATURE)?.value?.value;
    return value === undefined ? null : value === true || value === 'true';
  }
}
