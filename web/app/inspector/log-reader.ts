import type {
  LogEntry,
  LogEntryHead,
  NotificationReceived,
  NotificationRefused,
} from '#protocol/bridge-events';
import { isConversationChange, type ConversationChange } from '#protocol/webhook-notification';

import { ArrivalBook } from './arrival-book';
import { toItem, type InspectorItem } from './inspector-item';

/** Makes items of a log, entry by entry: what an item says may depend on those before. */
export class LogReader {
  private readonly arrivals = new ArrivalBook();
  /** The newest state of each conversation, as each app was told. */
  private readonly states = new Map<string, ConversationChange>();

  /** A reader that has read these. */
  static of(entries: readonly (LogEntryHead & (NotificationReceived | NotificationRefused))[]): LogReader {
    const reader = new LogReader();
    for (const entry of entries) reader.read(entry);
    return reader;
  }

  /** Call it once per entry, in the log's order. */
  read(entry: LogEntry): InspectorItem | null {
    return toItem(entry, (notification) => ({
      marks: this.arrivals.marksOf(notification),
      before: this.replaced(notification),
    }));
  }

  /** The state that this one takes the place of. */
  private replaced({ appKey, change }: NotificationReceived): ConversationChange | null {
    if (!isConversationChange(change)) return null;
    const key = `${appKey}/${change.result.convId}`;
    const before = this.states.get(key) ?? null;
    this.states.set(key, change);
    return before;
  }
}
