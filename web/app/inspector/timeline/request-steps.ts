import { publishedEvent } from '../published-event';
import type { RequestItem } from '../request-item';
import { sequenceRanges } from '../sequence-ranges';
import type { StepPlan, StepTone } from './timeline-step';

/** What the consumer wants where that is known, the call for it, and its answer. */
export function requestSteps(item: RequestItem): readonly StepPlan[] {
  const { entry, status, at, name, carried, envelope } = item;
  const again = entry.attempt > 1 ? $localize`attempt ${entry.attempt}` : '';
  const wish = consumerWish(item);
  const call: StepPlan = {
    ...{ at, from: 'bridge', to: 'cloud', tone: 'call', title: name },
    detail: [carried, envelope].filter(Boolean).join(' · '),
    mark: again,
  };
  const answer: StepPlan = {
    // In whole milliseconds like the start of a call: what it made possible may have begun within the same one.
    ...{
      at: Math.floor(at + entry.durationMs),
      from: 'cloud',
      to: 'bridge',
      tone: answerTone(item),
    },
    title: [status === null ? $localize`no answer` : `${status}`, sequenceWords(item)]
      .filter(Boolean)
      .join(' · '),
    // Others may stand between the two.
    detail: $localize`to ${[name, carried].filter(Boolean).join(' ')}`,
    mark: again,
    tookMs: entry.durationMs,
    since: 'call',
  };
  return [...(wish === null ? [] : [wish]), call, answer, ...historySteps(item, answer.at)];
}

/** What was read becomes messages of the chat, without webhooks. */
function historySteps({ entry: { summary, response }, isFailed }: RequestItem, at: number): StepPlan[] {
  const body = isRecord(response?.body) ? response.body['conversationHistoryRecords'] : null;
  if (summary !== 'history of the conversation' || isFailed || !Array.isArray(body) || body.length === 0)
    return [];
  const title = $localize`history in the chat`;
  return [{ at, from: 'bridge', to: 'consumer', tone: 'screen', title, detail: '' }];
}

/** What never came did not arrive: it is drawn as lost on its way. */
function answerTone({ status, isFailed }: RequestItem): StepTone {
  if (status === null) return 'lost';
  return isFailed ? 'failed' : 'answer';
}

/** Messages have their own entry; what else the consumer does is known from the call alone. */
function consumerWish({ entry, at }: RequestItem): StepPlan | null {
  if (entry.attempt > 1) return null;
  const event = publishedEvent(entry.request.body)?.event;
  const words =
    event === undefined ? WISHES.find(([start]) => entry.summary.startsWith(start))?.[1] : wishOf(event);
  if (words === undefined) return null;
  return { at, from: 'consumer', to: 'bridge', tone: 'write', title: words, detail: '' };
}

const OPENING = 'open conversation';

/** Whether the call opened a conversation. */
export const isOpening = ({ entry }: RequestItem): boolean => entry.summary.startsWith(OPENING);

const WISHES: readonly (readonly [string, string])[] = [
  [OPENING, $localize`open`],
  ['cm.UpdateConversationField', $localize`close`],
  ['ms.GenerateURLForUploadFile', $localize`upload a file`],
  ['ms.GenerateURLForDownloadFile', $localize`get a file`],
];

function wishOf({ type, chatState, status, sequenceList }: Record<string, unknown>): string | undefined {
  if (type === 'ChatStateEvent') return String(chatState);
  if (type !== 'AcceptStatusEvent') return undefined;
  return `${String(status)} ${sequenceRanges(sequenceList)}`;
}

function sequenceWords({ entry: { request, response } }: RequestItem): string {
  const event = publishedEvent(request.body)?.event;
  if (event === undefined || event['type'] === 'ChatStateEvent') return '';
  const body = isRecord(response?.body) ? response.body['body'] : null;
  const sequence = isRecord(body) ? body['sequence'] : null;
  return typeof sequence === 'number' ? $localize`sequence ${sequence}` : '';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
