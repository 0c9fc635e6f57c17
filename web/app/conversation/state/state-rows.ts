import type { ConversationOptions } from '#protocol/bridge-api';
import type { ConversationId, DialogId } from '#protocol/identifiers';

import { exactWords } from '../../ui/time-words';
import type { ConversationFacts, DetailsFact, DialogFact } from '../conversation-facts';
import { roleWords } from '../words';

/** One line of the State tab. */
export interface StateRow {
  readonly name: string;
  readonly value: string;
  /** Whether somebody may want to take it elsewhere. */
  readonly canCopy: boolean;
}

export interface StateGroup {
  readonly heading: string;
  readonly rows: readonly StateRow[];
}

const NONE = $localize`none`;
const UNKNOWN = $localize`not known yet`;

/** The cloud’s number for no skill in particular. */
const ANY_SKILL = '-1';

const skillWords = (skillId: string): string => (skillId === ANY_SKILL ? $localize`any (-1)` : skillId);

const id = (name: string, value: string | null | undefined): StateRow => ({
  ...{ name, value: value ?? UNKNOWN, canCopy: typeof value === 'string' },
});

const word = (name: string, value: string): StateRow => ({ name, value, canCopy: false });

/** What is known about a conversation, in groups, from its facts alone but for the name of its app. */
export function stateGroups(
  conversationId: ConversationId,
  facts: ConversationFacts,
  appName: string | null,
): readonly StateGroup[] {
  const { opened, details, dialogs } = facts;
  return [
    { heading: $localize`Conversation`, rows: conversationRows(conversationId, facts, appName) },
    { heading: $localize`Consumer`, rows: consumerRows(facts) },
    { heading: $localize`Dialogs`, rows: [...dialogs.values()].flatMap(dialogRows) },
    {
      heading: $localize`Participants`,
      rows: (details?.participants ?? []).map(({ id: who, role }) => id(roleWords(role), who)),
    },
    {
      heading: $localize`Options when it was opened`,
      rows: opened === null ? [] : optionRows(opened.options),
    },
  ];
}

/** Of a dialog, in ranges: “12, 14–16”. */
export interface MissingSequences {
  readonly dialogId: DialogId;
  readonly sequences: string;
}

/** What did not come although younger ones did; no group where nothing is missing. */
export function missingGroup(
  missing: readonly MissingSequences[],
  { dialogs }: ConversationFacts,
): readonly StateGroup[] {
  if (missing.length === 0) return [];
  const rows = missing.map(({ dialogId, sequences }) =>
    word(
      dialogs.get(dialogId)?.type ?? $localize`dialog ${dialogId.slice(0, 8)}`,
      $localize`${sequences} (not here; perhaps for agents only, without an endpoint, or on the way)`,
    ),
  );
  return [{ heading: $localize`Sequences that did not come`, rows }];
}

function conversationRows(
  conversationId: ConversationId,
  { opened, details }: ConversationFacts,
  appName: string | null,
): StateRow[] {
  return [
    id($localize`conversation id`, conversationId),
    ...(appName === null ? [] : [word($localize`app`, appName)]),
    id($localize`app id`, opened?.appKey),
    ...detailRows(details),
    word($localize`opened`, opened === null ? $localize`not known` : exactWords(opened.at)),
  ];
}

function detailRows(details: DetailsFact | null): StateRow[] {
  if (details === null) return [word($localize`stage`, $localize`not told yet`)];
  const { isClosed, closeReason, skillId } = details;
  return [
    word($localize`stage`, isClosed ? 'CLOSE' : 'OPEN'),
    ...(closeReason === null ? [] : [word($localize`closed by`, closeReason)]),
    word($localize`skill`, skillId === null ? $localize`not told yet` : skillWords(skillId)),
  ];
}

function consumerRows({ opened, ownChatState }: ConversationFacts): StateRow[] {
  const consumer = opened?.consumer;
  return [
    word($localize`name`, consumer?.name ?? UNKNOWN),
    id($localize`external id`, consumer?.externalId),
    id($localize`consumer id`, consumer?.consumerId),
    word($localize`last chat state`, ownChatState?.chatState ?? NONE),
  ];
}

function dialogRows({ dialogId, type, isOpen, closedBy, closedCause, createdAt }: DialogFact): StateRow[] {
  const end = [closedBy, closedCause].filter((part) => part !== null).join(', ');
  const state = isOpen ? 'OPEN' : `CLOSE${end === '' ? '' : ` (${end})`}`;
  return [
    id($localize`${type} id`, dialogId),
    word(
      $localize`${type} state`,
      createdAt === 0 ? state : $localize`${state} since ${exactWords(createdAt)} by the cloud’s clock`,
    ),
  ];
}

function optionRows(options: ConversationOptions): StateRow[] {
  const { features, skillId, campaign, urgency, language, contextType, engagementAttributes } = options;
  return [
    word($localize`features`, features.join(', ') || NONE),
    word($localize`skill`, skillWords(skillId ?? ANY_SKILL)),
    word($localize`campaign`, campaign === null ? NONE : `${campaign.campaignId} / ${campaign.engagementId}`),
    word($localize`urgency`, urgency ?? $localize`the account’s`),
    word($localize`language`, language || NONE),
    word($localize`context`, contextType ?? NONE),
    word(
      $localize`engagement attributes`,
      engagementAttributes.length === 0 ? NONE : `${engagementAttributes.length}`,
    ),
  ];
}
