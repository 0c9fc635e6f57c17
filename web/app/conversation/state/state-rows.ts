import type { ConversationOptions } from '#protocol/bridge-api';
import type { ConversationId } from '#protocol/identifiers';

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

const id = (name: string, value: string | null | undefined): StateRow => ({
  ...{ name, value: value ?? 'not known yet', canCopy: typeof value === 'string' },
});

const word = (name: string, value: string): StateRow => ({ name, value, canCopy: false });

/** What is known about a conversation, in groups, from its facts alone. */
export function stateGroups(conversationId: ConversationId, facts: ConversationFacts): readonly StateGroup[] {
  const { opened, details, dialogs } = facts;
  return [
    { heading: 'Conversation', rows: conversationRows(conversationId, facts) },
    { heading: 'Consumer', rows: consumerRows(facts) },
    { heading: 'Dialogs', rows: [...dialogs.values()].flatMap(dialogRows) },
    {
      heading: 'Participants',
      rows: (details?.participants ?? []).map(({ id: who, role }) => id(roleWords(role), who)),
    },
    { heading: 'Options', rows: opened === null ? [] : optionRows(opened.options) },
  ];
}

function conversationRows(
  conversationId: ConversationId,
  { opened, details }: ConversationFacts,
): StateRow[] {
  return [
    id('conversation id', conversationId),
    id('app', opened?.appKey),
    ...detailRows(details),
    word('opened', opened === null ? 'not known' : exactWords(opened.at)),
  ];
}

function detailRows(details: DetailsFact | null): StateRow[] {
  if (details === null) return [word('stage', 'not told yet')];
  const { isClosed, closeReason, skillId } = details;
  return [
    word('stage', isClosed ? 'CLOSE' : 'OPEN'),
    ...(closeReason === null ? [] : [word('closed by', closeReason)]),
    word('skill', skillId ?? 'not told yet'),
  ];
}

function consumerRows({ opened, ownChatState }: ConversationFacts): StateRow[] {
  const consumer = opened?.consumer;
  return [
    id('name', consumer?.name),
    id('external id', consumer?.externalId),
    id('consumer id', consumer?.consumerId),
    word('chat state told last', ownChatState?.chatState ?? 'none'),
  ];
}

function dialogRows({ dialogId, type, isOpen, closedBy, closedCause, createdAt }: DialogFact): StateRow[] {
  const end = [closedBy, closedCause].filter((part) => part !== null).join(', ');
  const state = isOpen ? 'OPEN' : `CLOSE${end === '' ? '' : ` (${end})`}`;
  return [
    id(`${type} id`, dialogId),
    word(`${type} state`, createdAt === 0 ? state : `${state} since ${exactWords(createdAt)}`),
  ];
}

function optionRows(options: ConversationOptions): StateRow[] {
  const { features, skillId, campaign, urgency, language, contextType, engagementAttributes } = options;
  return [
    word('features', features.join(', ') || 'none'),
    word('skill', skillId ?? 'any (-1)'),
    word('campaign', campaign === null ? 'none' : `${campaign.campaignId} / ${campaign.engagementId}`),
    word('urgency', urgency ?? 'the account’s'),
    word('language', language || 'none'),
    word('context', contextType ?? 'none'),
    word(
      'engagement attributes',
      engagementAttributes.length === 0 ? 'none' : `${engagementAttributes.length}`,
    ),
  ];
}
