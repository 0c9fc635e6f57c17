import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { AppNames } from '../bridge/app-names';
import { BridgeClient } from '../bridge/bridge-client';
import { BROWSER_STORAGE, type BrowserStorage } from '../bridge/browser-storage';
import { EventLog } from '../bridge/event-log';
import { FileClient } from '../bridge/file-client';
import { ChatStateReporter } from '../conversation/chat-state-reporter';
import { ChatTabs } from '../conversation/chat-tabs';
import { ConsumerName } from '../conversation/consumer-name';
import { AutomaticSettings } from '../conversation/controls/automatic-settings';
import { IdleWatch } from '../conversation/controls/idle-watch';
import { ConversationCloser } from '../conversation/conversation-closer';
import { ConversationLog } from '../conversation/conversation-log';
import { ConversationOpener } from '../conversation/conversation-opener';
import { ConversationStore } from '../conversation/conversation-store';
import { ConversationsStore } from '../conversation/conversations-store';
import { FileUploads } from '../conversation/files/file-uploads';
import { HistoryReader } from '../conversation/history/history-reader';
import { Outbox } from '../conversation/outbox';
import { PagePresence } from '../conversation/page-presence';
import { ReceiptReporter } from '../conversation/receipt-reporter';
import { SharedClaims } from '../conversation/shared-claims';
import { AppStanding } from '../conversation/start/app-standing';
import { StartOptions } from '../conversation/start/start-options';
import { ContentUses } from '../conversation/structured/content-uses';
import { FakeBridge, FakeEventLog } from './fake-bridge';
import { FakeFileClient } from './fake-file-client';
import { FakePresence } from './fake-presence';

/** What the workbench page provides, over a bridge, a log and a person that the spec plays. */
export function provideConversation() {
  const bridge = new FakeBridge();
  const log = new FakeEventLog();
  const presence = new FakePresence();
  const files = new FakeFileClient();
  sessionStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      ...[
        AppNames,
        AppStanding,
        AutomaticSettings,
        ChatStateReporter,
        ChatTabs,
        IdleWatch,
        ConsumerName,
        ContentUses,
        ConversationCloser,
        ConversationLog,
        ConversationOpener,
        ConversationStore,
        ConversationsStore,
        FileUploads,
        HistoryReader,
        Outbox,
        ReceiptReporter,
        StartOptions,
      ],
      { provide: BridgeClient, useValue: bridge },
      { provide: EventLog, useValue: log },
      { provide: FileClient, useValue: files },
      { provide: PagePresence, useValue: presence },
      { provide: SharedClaims, useClass: OwnClaims },
      { provide: BROWSER_STORAGE, useFactory: memoryStorage },
    ],
  });
  return { bridge, log, presence, files };
}

/** Claims of a browser with one page, made at once: the browser's locks take their own time. */
class OwnClaims {
  private readonly claimed = new Set<string>();

  async claim(names: readonly string[], work: (free: readonly string[]) => Promise<void>): Promise<void> {
    const free = names.filter((name) => !this.claimed.has(name));
    if (free.length === 0) return;
    for (const name of free) this.claimed.add(name);
    await work(free).catch((error: unknown) => {
      for (const name of free) this.claimed.delete(name);
      throw error;
    });
  }
}

export function memoryStorage(): BrowserStorage {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => kept.set(key, value),
    remove: (key) => kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** Lets effects run and promises settle. */
export async function settle(): Promise<void> {
  TestBed.tick();
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  TestBed.tick();
}
