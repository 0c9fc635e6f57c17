import { EventSource } from 'eventsource';

import { STREAM_EVENTS, type LogEntry, type LogKind } from '#protocol/bridge-events';
import {
  isConversationChange,
  isMessageChange,
  type ConversationChange,
  type MessageChange,
} from '#protocol/webhook-notification';

export interface ReceivedEvent {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
}

type EntryOf<Kind extends LogKind> = Extract<LogEntry, { readonly kind: Kind }>;

/** What a browser receives on the stream of events. Dispose of it to close the stream. */
export class StreamReader implements Disposable {
  readonly received: ReceivedEvent[] = [];
  private readonly source: EventSource;
  private readonly waiting = new Set<() => void>();

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.source = new EventSource(url, {
      fetch: (target, init) => fetch(target, { ...init, headers: { ...init.headers, ...headers } }),
    });
    for (const name of Object.values(STREAM_EVENTS)) {
      this.source.addEventListener(name, (event: MessageEvent) => {
        const text: unknown = event.data;
        this.received.push({ name, id: event.lastEventId, data: JSON.parse(String(text)) });
        for (const wake of [...this.waiting]) wake();
      });
    }
  }

  /** Entries of the log so far. */
  get entries(): readonly LogEntry[] {
    return this.received
      .filter(({ name }) => name === STREAM_EVENTS.entry)
      .map(({ data }) => data as LogEntry);
  }

  /** Entries of one kind. */
  of<Kind extends LogKind>(kind: Kind): readonly EntryOf<Kind>[] {
    return this.entries.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
  }

  /** Changes of webhooks that carry a message, receipt or chat state. */
  get messages(): readonly MessageChange[] {
    return this.of('notification').flatMap(({ change }): MessageChange[] =>
      isMessageChange(change) ? [change] : [],
    );
  }

  /** Changes of webhooks that carry the state of a conversation. */
  get conversationChanges(): readonly ConversationChange[] {
    return this.of('notification').flatMap(({ change }): ConversationChange[] =>
      isConversationChange(change) ? [change] : [],
    );
  }

  /** Waits until `look` finds something in what has arrived. The spec's own time limit ends it. */
  async until<Found>(look: (reader: this) => Found | undefined | null | false): Promise<Found> {
    for (;;) {
      const found = look(this);
      if (found !== undefined && found !== null && found !== false) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }

  /** Waits for the first event of that name. */
  event(name: string): Promise<ReceivedEvent> {
    return this.until(({ received }) => received.find((event) => event.name === name));
  }

  [Symbol.dispose](): void {
    this.source.close();
  }
}
