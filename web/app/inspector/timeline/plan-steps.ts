import { isConversationChange, isMessageChange, type MessageChange } from '#protocol/webhook-notification';

import { markWords } from '../arrival-book';
import type { InspectorItem, RequestItem, WebhookItem, WrittenItem } from '../inspector-item';
import type { StepPlan } from './timeline-step';

const PRIVATE_AUDIENCE = 'AGENTS_AND_MANAGERS';

/** The arrows that an item makes, in their order. */
export function planSteps(item: InspectorItem): readonly StepPlan[] {
  switch (item.kind) {
    case 'written':
      return [writeStep(item)];
    case 'request':
      return requestSteps(item);
    case 'webhook':
      return webhookSteps(item);
    default:
      return item satisfies never;
  }
}

const writeStep = ({ at, summary }: WrittenItem): StepPlan => ({
  ...{ at, from: 'consumer', to: 'bridge', tone: 'write', title: $localize`write`, detail: `“${summary}”` },
});

function requestSteps(item: RequestItem): readonly StepPlan[] {
  const { entry, status, isFailed, at } = item;
  const { title, detail } = callWords(item);
  const wish = consumerWish(item);
  const call: StepPlan = { at, from: 'bridge', to: 'cloud', tone: 'call', title, detail };
  const answer: StepPlan = {
    // In whole milliseconds like the start of a call: what it made possible may have begun within the same one.
    ...{
      at: Math.floor(at + entry.durationMs),
      from: 'cloud',
      to: 'bridge',
      tone: isFailed ? 'failed' : 'answer',
    },
    title: [status === null ? $localize`no answer` : `${status}`, sequenceWords(item)]
      .filter(Boolean)
      .join(' · '),
    // Others may stand between the two.
    detail: $localize`to ${detail === '' ? title : detail}`,
    tookMs: entry.durationMs,
  };
  return wish === null ? [call, answer] : [wish, call, answer];
}

/** “ms.PublishEvent ContentEvent” is a type and what it carries; “sign in” is one name. */
function callWords({ entry, carried }: RequestItem): { readonly title: string; readonly detail: string } {
  const { summary, attempt } = entry;
  const [type = '', ...rest] = summary.split(' ');
  const isTyped = type.includes('.');
  const again = attempt > 1 ? $localize`attempt ${attempt}` : '';
  const detail = [...(isTyped ? rest : []), carried, again].filter((part) => part !== '').join(' ');
  return { title: isTyped ? type : summary, detail };
}

/** Messages have their own entry; what else the consumer does is known from the call alone. */
function consumerWish({ entry, at }: RequestItem): StepPlan | null {
  if (entry.attempt > 1) return null;
  const event = eventIn(entry.request.body);
  const words =
    event === null ? WISHES.find(([start]) => entry.summary.startsWith(start))?.[1] : wishOf(event);
  if (words === undefined) return null;
  return { at, from: 'consumer', to: 'bridge', tone: 'write', title: words, detail: '' };
}

const WISHES: readonly (readonly [string, string])[] = [
  ['open conversation', $localize`open`],
  ['cm.UpdateConversationField', $localize`close`],
];

function wishOf({ type, chatState, status, sequenceList }: Record<string, unknown>): string | undefined {
  if (type === 'ChatStateEvent') return String(chatState);
  if (type !== 'AcceptStatusEvent') return undefined;
  return `${String(status)} ${Array.isArray(sequenceList) ? sequenceList.join(', ') : ''}`;
}

function webhookSteps(item: WebhookItem): readonly StepPlan[] {
  const { entry, at } = item;
  const base = { at, from: 'cloud', to: 'bridge', title: $localize`webhook ${item.type}` } as const;
  if (entry.kind !== 'notification') {
    return [{ ...base, tone: 'failed', title: $localize`webhook refused`, detail: `${entry.status}` }];
  }
  const { change } = entry;
  const isLate = item.marks.some(({ kind }) => kind === 'late');
  const arrival: StepPlan = { ...base, tone: 'webhook', detail: arrivalWords(item), isLate };
  if (isConversationChange(change)) return [arrival, ...closingSteps(item)];
  // It was said and shown when it came first.
  const isRepeated = item.marks.some(({ kind, repetitions }) => kind === 'duplicate' && !repetitions);
  if (!isMessageChange(change) || item.role === 'CONSUMER' || isRepeated) return [arrival];
  const tookMs = item.madeAt === null ? null : at - item.madeAt;
  const isReceipt = item.type === 'AcceptStatusEvent';
  return [
    saidStep(item),
    // A receipt counts from the message that it is about.
    { ...arrival, ...(!isReceipt && { tookMs }) },
    ...screenSteps(item, change),
  ];
}

/** Stands where the cloud stamped it, not where its webhook came. */
function saidStep({ at, madeAt, type, summary }: WebhookItem): StepPlan {
  const isShort = type === 'ChatStateEvent' || type === 'AcceptStatusEvent';
  return {
    ...{ at: madeAt ?? at, from: 'agent', to: 'cloud', tone: 'agent' },
    ...{ title: isShort ? summary : type, detail: isShort ? '' : summary },
  };
}

const SHORT_SUMMARIES: ReadonlySet<string> = new Set([
  'ExConversationChange',
  'AcceptStatusEvent',
  'ChatStateEvent',
]);

function arrivalWords({ role, messageSequence, summary, type, marks }: WebhookItem): string {
  const what = SHORT_SUMMARIES.has(type) ? summary : '';
  const echo = role === 'CONSUMER' ? $localize`own echo` : '';
  const sequence = messageSequence === null ? '' : $localize`sequence ${messageSequence}`;
  return [what, sequence, ...marks.map(markWords), echo].filter((part) => part !== '').join(' · ');
}

/** What the consumer sees of it. */
function screenSteps({ at, type }: WebhookItem, { event, messageAudience }: MessageChange): StepPlan[] {
  const words = messageAudience === PRIVATE_AUDIENCE ? undefined : screenWords(type, event);
  if (words === undefined) return [];
  return [{ at, from: 'bridge', to: 'consumer', tone: 'screen', title: words, detail: '' }];
}

function screenWords(type: string, event: MessageChange['event']): string | undefined {
  switch (type) {
    case 'ChatStateEvent':
      return event['chatState'] === 'COMPOSING' ? $localize`typing…` : undefined;
    case 'AcceptStatusEvent':
      return RECEIPTS[String(event['status'])];
    default:
      return $localize`message shown`;
  }
}

const RECEIPTS: Readonly<Record<string, string | undefined>> = {
  ACCEPT: $localize`✓✓ accepted`,
  READ: $localize`✓✓ read`,
};

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

function sequenceWords({ entry: { request, response } }: RequestItem): string {
  const event = eventIn(request.body);
  if (event === null || event['type'] === 'ChatStateEvent') return '';
  const body = isRecord(response?.body) ? response.body['body'] : null;
  const sequence = isRecord(body) ? body['sequence'] : null;
  return typeof sequence === 'number' ? $localize`sequence ${sequence}` : '';
}

function eventIn(body: unknown): Record<string, unknown> | null {
  const inner = isRecord(body) ? body['body'] : null;
  const event = isRecord(inner) ? inner['event'] : null;
  return isRecord(event) ? event : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
