import type { ConversationHistory } from '#protocol/bridge-api';
import type { LogEntry } from '#protocol/bridge-events';
import type { AcceptStatus } from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';
import type { NotificationChange } from '#protocol/webhook-notification';

import { buildHistory } from './fake-bridge';
import { LogWriter, MAIN, REFUSED, START, SURVEY, buildConversation, buildMessage } from './log-entries';

/** Something that a person, an agent or a network does. What is not possible at that moment does nothing. */
export type Happening =
  | {
      readonly do: 'write';
      readonly content: Content;
      readonly answer: 'comes' | 'lost' | 'refused';
      /** How often it was refused before, and tried again. */
      readonly triedBefore: number;
      /** The webhook comes before the answer of the call. */
      readonly isOvertaken: boolean;
    }
  | { readonly do: 'write-elsewhere'; readonly content: Content }
  | { readonly do: 'agent'; readonly content: Content; readonly isPrivate: boolean }
  | { readonly do: 'agent-receipt' | 'own-receipt'; readonly status: AcceptStatus; readonly back: number }
  | { readonly do: 'agent-state'; readonly chatState: string }
  | { readonly do: 'transfer' | 'survey' | 'close' };

/** `strange`: an event of a type that nobody knows, named like what every object inherits. */
export type Content = 'text' | 'same text' | 'file' | 'card' | 'strange';

/** What is so in the cloud, whatever of it reaches the log. */
export interface Truth {
  readonly key: string;
  readonly isOwn: boolean;
  readonly kind: string;
  /** Of own messages. */
  readonly state: string | null;
}

/** A cloud that numbers each dialog from 0, stamps what it does, and sends everybody's events back. */
export class PlayedCloud {
  private readonly log = new LogWriter().opened();
  private readonly sequences = new Map<DialogId, number>();
  private readonly recorded: NotificationChange[] = [];
  private readonly said: {
    key: string;
    dialogId: DialogId;
    sequence: number;
    isOwn: boolean;
    kind: string;
  }[] = [];
  private readonly receipts = new Map<string, Set<AcceptStatus>>();
  private state = { main: 'OPEN', survey: undefined as 'OPEN' | 'CLOSE' | undefined, roles: ['CONSUMER'] };

  constructor(happenings: readonly Happening[]) {
    for (const happening of happenings) this.play(happening);
  }

  get entries(): readonly LogEntry[] {
    return this.log.entries;
  }

  get phase(): 'open' | 'survey' | 'closed' {
    if (this.state.main === 'OPEN') return 'open';
    return this.state.survey === 'OPEN' ? 'survey' : 'closed';
  }

  /** The messages in the order of the screen. */
  get truth(): readonly Truth[] {
    const inOrder = [...this.said].sort(
      (one, other) =>
        Number(one.dialogId !== MAIN) - Number(other.dialogId !== MAIN) || one.sequence - other.sequence,
    );
    return inOrder.map(({ key, isOwn, kind }) => ({
      key,
      isOwn,
      kind,
      state: isOwn ? this.tickOf(key) : null,
    }));
  }

  /** All that a history would tell, in a stable order. */
  get history(): ConversationHistory {
    return buildHistory([...this.recorded, this.conversation(0)]);
  }

  private play(happening: Happening): void {
    const dialogId = this.openDialog();
    if (dialogId === null) return;
    switch (happening.do) {
      case 'write':
        this.write(dialogId, happening);
        break;
      case 'write-elsewhere':
        this.message(dialogId, happening.content, { role: 'CONSUMER', audience: 'ALL' });
        break;
      case 'agent':
        this.message(dialogId, happening.content, {
          role: dialogId === MAIN ? 'ASSIGNED_AGENT' : 'AGENT',
          audience: happening.isPrivate ? 'AGENTS_AND_MANAGERS' : 'ALL',
        });
        break;
      case 'agent-receipt':
      case 'own-receipt':
        this.receipt(dialogId, happening);
        break;
      case 'agent-state':
        this.log.agentState(happening.chatState, dialogId);
        break;
      default:
        this.change(happening.do);
    }
  }

  private openDialog(): DialogId | null {
    if (this.phase === 'closed') return null;
    return this.phase === 'open' ? MAIN : SURVEY;
  }

  private write(
    dialogId: DialogId,
    { content, answer, isOvertaken, triedBefore }: Extract<Happening, { do: 'write' }>,
  ): void {
    const clientMessageId = `m${this.log.entries.length}`;
    const submit = () =>
      this.log.add({ kind: 'message-submitted', clientMessageId, dialogId, event: eventOf(content) });
    for (let time = 0; time < triedBefore; time += 1) {
      submit();
      this.log.failed(clientMessageId);
    }
    submit();
    if (answer === 'refused') {
      this.log.failed(clientMessageId);
      return;
    }
    const messageSequence = this.sequences.get(dialogId) ?? 0;
    const tell = (): void => {
      if (answer !== 'lost')
        this.log.add({ kind: 'message-sent', clientMessageId, dialogId, messageSequence });
      else this.log.add({ kind: 'message-failed', clientMessageId, problem: REFUSED, isAnswerMissing: true });
    };
    if (!isOvertaken) tell();
    this.message(dialogId, content, { role: 'CONSUMER', audience: 'ALL' });
    if (isOvertaken) tell();
  }

  private message(
    dialogId: DialogId,
    content: Content,
    { role, audience }: { readonly role: string; readonly audience: string },
  ): void {
    const sequence = this.nextOf(dialogId);
    this.deliver(buildMessage({ sequence, dialogId, role, audience, event: eventOf(content) }));
    if (audience !== 'ALL') return;
    const isOwn = role === 'CONSUMER';
    this.said.push({ key: `${dialogId}/${sequence}`, dialogId, sequence, isOwn, kind: KINDS[content] });
  }

  private receipt(
    dialogId: DialogId,
    { do: by, status, back }: Extract<Happening, { do: 'agent-receipt' | 'own-receipt' }>,
  ): void {
    const isOwn = by === 'own-receipt';
    const there = this.said.filter((one) => one.dialogId === dialogId && one.isOwn !== isOwn);
    const about = there.at(-1 - back);
    if (about === undefined) return;
    const event = { type: 'AcceptStatusEvent', status, sequenceList: [about.sequence] } as const;
    const role = isOwn ? 'CONSUMER' : 'ASSIGNED_AGENT';
    if (isOwn) this.log.add({ kind: 'event-published', dialogId, event });
    const change = buildMessage({ sequence: this.nextOf(dialogId), dialogId, role, event });
    this.deliver(change, { ...change, sequence: undefined });
    if (!isOwn) this.receipts.set(about.key, (this.receipts.get(about.key) ?? new Set()).add(status));
  }

  private change(to: 'transfer' | 'survey' | 'close'): void {
    if (to === 'transfer') this.state.roles = ['CONSUMER', 'ASSIGNED_AGENT'];
    else if (to === 'survey' && this.phase === 'open')
      this.state = { ...this.state, main: 'CLOSE', survey: 'OPEN' };
    else this.state = { ...this.state, main: 'CLOSE', ...(this.state.survey && { survey: 'CLOSE' }) };
    // Changes within a millisecond carry the same stamp.
    const stamp = START + Math.floor(this.log.entries.length / 4);
    this.log.notification(this.conversation(stamp), 'cqm.ExConversationChangeNotification');
  }

  private conversation(stamp: number): NotificationChange {
    const { main, survey, roles } = this.state;
    const stage = this.phase === 'closed' ? 'CLOSE' : 'OPEN';
    return buildConversation({ state: main, stage, stamp, roles, ...(survey && { survey }) });
  }

  /** Stamped with the moment of its entry: the cloud's clock and the bridge's are the same here. */
  private deliver(change: NotificationChange, record = change): void {
    const serverTimestamp = START + this.log.entries.length * 1000 + 500;
    this.recorded.push({ ...record, serverTimestamp });
    this.log.notification({ ...change, serverTimestamp });
  }

  private nextOf(dialogId: DialogId): number {
    const sequence = this.sequences.get(dialogId) ?? 0;
    this.sequences.set(dialogId, sequence + 1);
    return sequence;
  }

  private tickOf(key: string): string {
    const receipts = this.receipts.get(key);
    if (receipts?.has('READ') === true) return 'read';
    return receipts?.has('ACCEPT') === true ? 'accepted' : 'sent';
  }
}

const KINDS: Readonly<Record<Content, string>> = {
  text: 'text',
  'same text': 'text',
  file: 'file',
  card: 'structured',
  strange: 'unsupported',
};

function eventOf(content: Content) {
  switch (content) {
    case 'file':
      return {
        type: 'ContentEvent',
        contentType: 'hosted/file',
        message: { relativePath: '/a.png', fileType: 'PNG', caption: 'a' },
      } as const;
    case 'card':
      return { type: 'RichContentEvent', content: { type: 'text', text: 'card' } } as const;
    case 'strange':
      return { type: 'constructor' } as const;
    default:
      return { type: 'ContentEvent', contentType: 'text/plain', message: content } as const;
  }
}
