import { isConversationChange, isMessageChange, type MessageChange } from '#protocol/webhook-notification';

import type { IconName } from '../../ui/icon';
import { markWords } from '../arrival-book';
import type { WebhookItem } from '../inspector-item';
import { otherAppWords } from '../other-app';
import type { ReadScreenFate, ScreenFate } from '../screen-fate';
import type { StepPlan, StepTone } from './timeline-step';

const PRIVATE_AUDIENCE = 'AGENTS_AND_MANAGERS';

/** What was said, its webhook, and what became of it on the screen. */
export function webhookSteps(item: WebhookItem, fateOf: ReadScreenFate): readonly StepPlan[] {
  const { entry, at } = item;
  const base = { at, from: 'cloud', to: 'bridge', title: $localize`webhook ${arrivalName(item)}` } as const;
  if (entry.kind !== 'notification') {
    return [{ ...base, tone: 'failed', title: $localize`webhook refused`, detail: refusedWords(item) }];
  }
  const { change } = entry;
  const isLate = item.marks.some(({ kind }) => kind === 'late');
  const words = { detail: arrivalWords(item), mark: arrivalMark(item), isOdd: item.marks.length > 0 };
  // What happened stands where it was delivered for the conversation's own app; this one leads nowhere.
  if (item.otherApp !== null) return [{ ...base, ...words, tone: 'other-app', isLate }];
  const arrival: StepPlan = { ...base, ...words, tone: 'webhook', isLate };
  if (isConversationChange(change)) return [arrival, ...closingSteps(item)];
  // It was said and shown when it came first.
  const isRepeated = item.marks.some(({ kind, repetitions }) => kind === 'duplicate' && !repetitions);
  if (!isMessageChange(change) || item.role === 'CONSUMER' || isRepeated) return [arrival];
  const tookMs = item.madeAt === null ? null : at - item.madeAt;
  const isReceipt = item.type === 'AcceptStatusEvent';
  return [
    saidStep(item),
    // A receipt counts from the message that it is about.
    { ...arrival, ...(!isReceipt && { tookMs, since: 'stamp' as const }) },
    ...screenSteps(item, change, fateOf),
  ];
}

const refusedWords = ({ answer, summary }: WebhookItem): string => `${answer} · ${summary}`;

/** Stands where the cloud stamped it, not where its webhook came. */
function saidStep({ at, madeAt, type, summary }: WebhookItem): StepPlan {
  const isShort = isShortEvent(type);
  return {
    ...{ at: madeAt ?? at, from: 'agent', to: 'cloud', tone: 'agent' },
    ...{ title: isShort ? summary : type, detail: isShort ? '' : summary },
  };
}

/** Of a receipt or a chat state all there is to say fits where others have the name of their type. */
const isShortEvent = (type: string): boolean => type === 'ChatStateEvent' || type === 'AcceptStatusEvent';

const arrivalName = ({ type, summary }: WebhookItem): string => (isShortEvent(type) && summary) || type;

function arrivalWords(item: WebhookItem): string {
  const { messageSequence, summary, type } = item;
  const told = type === 'ExConversationChange' ? summary : type;
  const what = arrivalName(item) === told ? '' : told;
  const sequence = messageSequence === null ? '' : $localize`sequence ${messageSequence}`;
  return [what, sequence].filter((part) => part !== '').join(' · ');
}

function arrivalMark({ role, marks, otherApp }: WebhookItem): string {
  const echo = role === 'CONSUMER' ? [$localize`own echo`] : [];
  const kind = otherApp === null ? echo : [otherAppWords(otherApp)];
  return [...marks.map(markWords), ...kind].join(' · ');
}

/** What the consumer sees of it. */
function screenSteps(
  { at, type, messageSequence, summary }: WebhookItem,
  { event, messageAudience }: MessageChange,
  fateOf: ReadScreenFate,
): StepPlan[] {
  if (messageAudience === PRIVATE_AUDIENCE) return [];
  const seen = STATES_AND_RECEIPTS.get(type)?.(event);
  if (seen !== undefined) return seen.map((one) => screenStep(at, one));
  // Without a sequence it has no place among the messages.
  return messageSequence === null ? [] : [{ ...screenStep(at, FATES[fateOf(event)]), detail: summary }];
}

interface Seen {
  readonly title: string;
  readonly icon?: IconName;
  readonly tone?: StepTone;
}

const screenStep = (at: number, { title, icon, tone = 'screen' }: Seen): StepPlan => ({
  ...{ at, from: 'bridge', to: 'consumer', tone, title, detail: '' },
  ...(icon !== undefined && { icon }),
});

/** As the chat has it; see `StructuredContent` and `MessageContent`. */
const FATES: Readonly<Record<ScreenFate, Seen>> = {
  shown: { title: $localize`message in the chat` },
  'named-only': { title: $localize`in the chat as not supported` },
  invalid: { title: $localize`not drawn: invalid`, icon: 'alert', tone: 'failed' },
};

type ReadSeen = (event: MessageChange['event']) => readonly Seen[];

/** What is no message; `undefined` for events that are one. */
const STATES_AND_RECEIPTS: ReadonlyMap<string, ReadSeen> = new Map<string, ReadSeen>([
  ['ChatStateEvent', ({ chatState }) => (chatState === 'COMPOSING' ? [{ title: $localize`typing…` }] : [])],
  ['AcceptStatusEvent', ({ status }) => RECEIPTS.get(status) ?? []],
]);

const RECEIPTS: ReadonlyMap<unknown, readonly Seen[]> = new Map<unknown, readonly Seen[]>([
  ['ACCEPT', [{ title: $localize`accepted`, icon: 'checkDouble' }]],
  ['READ', [{ title: $localize`read`, icon: 'checkDouble' }]],
]);

function closingSteps({ entry, at }: WebhookItem): readonly StepPlan[] {
  if (entry.kind !== 'notification' || !isConversationChange(entry.change)) return [];
  const { state, stage, closeReason } = entry.change.result.conversationDetails;
  if ((stage ?? state) !== 'CLOSE') return [];
  return [
    {
      ...{ at, from: 'bridge', to: 'consumer', tone: 'screen', title: $localize`closed` },
      detail: closeReason === undefined ? '' : $localize`by ${closeReason.toLowerCase()}`,
    },
  ];
}
