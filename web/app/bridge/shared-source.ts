import { STREAM_EVENTS, type SignedOut, type StreamGap } from '#protocol/bridge-events';

import { SILENCE_LIMIT_MS } from './connection';
import { LeadingTab, type LeadingTabDeps } from './leading-tab';
import type { LogSource, SourceEvent, SourceReader } from './log-source';
import {
  NO_CALLS_UNDER_WAY,
  type LeaderState,
  type TabLink,
  type TabMessage,
  type Welcome,
} from './tab-link';

/**
 * A leader that says nothing for so long after a hello is taken for frozen. Less than `RECONNECT_LIMIT_MS`: else a tab that
 * tries again and again would never get round to taking the lead.
 */
export const WELCOME_LIMIT_MS = 2_000;
/** Tabs that asked in the same moment take the lead one after the other, so that the second hears of the first. */
const WELCOME_SPREAD_MS = 600;

/**
 * One stream for all tabs of the browser: one of them leads, holds the stream and passes on what comes; the others follow.
 *
 * A tab that follows has whatever the leader has, from its own newest entry on: it asks for it when it comes and whenever
 * the lead changes, and ignores what is passed on before the answer, which contains it.
 */
export class SharedSource implements LogSource {
  private readonly id = crypto.randomUUID();
  private readonly link: TabLink;
  private readonly reader: SourceReader;
  private leading: LeadingTab | null = null;
  private inLine = new AbortController();
  private isJoined = false;
  private isClosed = false;
  private readonly patienceMs = WELCOME_LIMIT_MS + Math.random() * WELCOME_SPREAD_MS;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: LeadingTabDeps) {
    this.link = deps.link;
    this.reader = deps.reader;
    this.link.onMessage = (message) => this.take(message);
    this.follow();
  }

  /** The tab that leads goes on leading: were it to go to the end of the line, the lead would wander as long as the bridge is away. */
  retry(): void {
    if (this.leading === null) this.join();
    else this.leading.retry();
  }

  tellSignedOut(): void {
    const data = JSON.stringify({ reason: 'signed-out' } satisfies SignedOut);
    const event: SourceEvent = { name: STREAM_EVENTS.signedOut, data, at: Date.now() };
    this.link.post({ kind: 'received', event });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.patience);
    this.inLine.abort();
    this.leading?.close();
    this.link.close();
  }

  private follow(): void {
    this.leading = null;
    this.inLine = new AbortController();
    void this.hold(this.link.lead.wait(this.inLine.signal, () => this.lead()));
    this.join();
  }

  /** Lives through one turn of leading; afterwards this tab follows again, unless it is closed or has taken the lead. */
  private async hold(turn: Promise<void>): Promise<void> {
    const { inLine } = this;
    try {
      await turn;
    } catch {
      // The line was left, or another tab took the lead because this one was silent.
      this.leading?.close();
      if (!this.isClosed && !inLine.signal.aborted) this.follow();
    }
  }

  private lead(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    clearTimeout(this.patience);
    this.leading = new LeadingTab(this.deps);
    this.link.post({ kind: 'leading' });
    return this.leading.ended;
  }

  private join(): void {
    this.isJoined = false;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.takeLead(), this.patienceMs);
    this.link.post({ kind: 'hello', from: this.id, after: this.reader.newest() });
  }

  private takeLead(): void {
    this.inLine.abort();
    this.inLine = new AbortController();
    void this.hold(this.link.lead.take(() => this.lead()));
  }

  private take(message: TabMessage): void {
    if (this.isClosed) return;
    // Who leads passes this on, and so does a tab that follows when the person signs out there.
    if (message.kind === 'received' && message.event.name === STREAM_EVENTS.signedOut) {
      this.reader.received(message.event);
    } else if (this.leading !== null) {
      if (message.kind === 'hello') this.leading.welcome(message.from, message.after);
    } else if (message.kind === 'leading') this.join();
    else if (message.kind === 'welcome') this.takeWelcome(message);
    else if (this.isJoined) this.takePassedOn(message);
  }

  private takePassedOn(message: TabMessage): void {
    if (message.kind === 'opened') this.reader.opened(message.at);
    if (message.kind === 'lost') this.reader.lost(message.isRefused);
    if (message.kind === 'received' && !this.isOthersGap(message.event)) this.reader.received(message.event);
  }

  /** What the leader has missed, this tab may have seen. */
  private isOthersGap({ name, data }: SourceEvent): boolean {
    if (name !== STREAM_EVENTS.gap) return false;
    const { oldest } = JSON.parse(data) as StreamGap;
    return this.reader.newest() >= oldest - 1;
  }

  private takeWelcome({ to, isReset, entries, state }: Welcome): void {
    if (to !== this.id) return;
    const at = state?.heardAt ?? Date.now();
    if (isReset) {
      this.reader.received({ name: STREAM_EVENTS.reset, data: '{"reason":"log-cleared"}', at });
    }
    this.reader.replayed(entries, at);
    if (state === null) return;
    clearTimeout(this.patience);
    this.isJoined = true;
    if (state.stream === 'open') this.reader.opened(at);
    if (state.isCaughtUp) {
      const data = JSON.stringify({ sequence: this.reader.newest() });
      this.reader.received({ name: STREAM_EVENTS.caughtUp, data, at });
    }
    this.takeUnderWay(state, at);
    if (state.stream === 'lost' || Date.now() - at > SILENCE_LIMIT_MS) this.reader.lost(false);
  }

  private takeUnderWay({ underWay: data }: LeaderState, at: number): void {
    if (data !== NO_CALLS_UNDER_WAY) this.reader.received({ name: STREAM_EVENTS.underWay, data, at });
  }
}
