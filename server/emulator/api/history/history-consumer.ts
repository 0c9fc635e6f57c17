import * as v from 'valibot';

import type { Account } from '../../state/account-state.ts';
import type { ConversationRecord } from '../../state/conversation-record.ts';
import { timeText } from './history-words.ts';

const given = v.fallback(v.optional(v.pipe(v.string(), v.minLength(1))), undefined);

/** What history tells of a profile; whatever else it holds, or holds in another form, it does not tell. @see PROTOCOL.md §6.2.1 */
const profileSchema = v.object({
  firstName: given,
  lastName: given,
  avatarUrl: given,
  privateData: v.fallback(v.object({ mail: given, mobileNum: given }), {}),
  authenticatedData: v.fallback(v.object({ lp_sdes: v.array(v.looseObject({ type: v.string() })) }), {
    lp_sdes: [],
  }),
});

const profileOf = (
  account: Account,
  { conversation }: ConversationRecord,
): v.InferOutput<typeof profileSchema> =>
  v.parse(profileSchema, account.profiles.get(conversation.consumerId) ?? {});

/** The consumer, once per dialog. What the connector did not say about it is absent. @see PROTOCOL.md §9.2 */
export function consumerParticipants(account: Account, record: ConversationRecord): readonly object[] {
  const { firstName, lastName, avatarUrl, privateData } = profileOf(account, record);
  const { mail, mobileNum } = privateData;
  const words = {
    firstName,
    lastName,
    email: mail,
    phone: mobileNum,
    avatarURL: avatarUrl,
    consumerName: firstName,
  };
  const said = Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
  return record.attendances
    .filter(({ participant }) => participant.role === 'CONSUMER')
    .map(({ participant, dialogId, joinedAt }) => ({
      participantId: participant.id,
      ...said,
      time: timeText(joinedAt),
      timeL: joinedAt,
      joinTime: timeText(joinedAt),
      joinTimeL: joinedAt,
      dialogId,
    }));
}

/** The attributes that the connector gave as authenticated, each under its own name. @see PROTOCOL.md §6.2.1 */
export function engagementAttributes(account: Account, record: ConversationRecord): object {
  const serverTimeStamp = String(record.conversation.startedAt);
  const { lp_sdes: attributes } = profileOf(account, record).authenticatedData;
  const events = attributes.flatMap(({ type, info, personal }): readonly object[] => {
    switch (type) {
      case 'ctmrinfo':
        return [
          {
            sdeType: 'CUSTOMER_INFO',
            serverTimeStamp,
            customerInfo: { serverTimeStamp, customerInfo: info },
          },
        ];
      case 'personal':
        return [
          {
            sdeType: 'PERSONAL_INFO',
            serverTimeStamp,
            personalInfo: { serverTimeStamp, personalInfo: personal },
          },
        ];
      default:
        return [];
    }
  });
  return { events };
}
