import { TestBed } from '@angular/core/testing';

import { BROWSER_STORAGE, TAB_STORAGE, type BrowserStorage } from '../bridge/browser-storage';
import { EventLog } from '../bridge/event-log';
import { InspectorPane } from '../inspector/inspector-pane';
import { InspectorStore } from '../inspector/inspector-store';
import { FakeEventLog } from './fake-bridge';
import { CONVERSATION, type LogWriter } from './log-entries';
import { memoryStorage } from './provide-conversation';

/** The inspector's store over a log that the spec plays, with a conversation on the screen. @param tab What a reload keeps. */
export function startInspector(tab: BrowserStorage = memoryStorage()) {
  const log = new FakeEventLog();
  TestBed.configureTestingModule({
    providers: [
      InspectorStore,
      { provide: EventLog, useValue: log },
      { provide: BROWSER_STORAGE, useFactory: memoryStorage },
      { provide: TAB_STORAGE, useValue: tab },
    ],
  });
  const store = TestBed.inject(InspectorStore);
  store.conversationId.set(CONVERSATION);
  return { log, store };
}

/** The pane beside the chat, its webhooks shown, after what was written to the log. */
export async function renderInspector(writer: LogWriter, inputs: Record<string, unknown> = {}) {
  const { log, store } = startInspector();
  log.deliver(...writer.entries);
  const fixture = TestBed.createComponent(InspectorPane);
  fixture.componentRef.setInput('conversationId', CONVERSATION);
  for (const [name, value] of Object.entries({ tab: 'webhooks', ...inputs }))
    fixture.componentRef.setInput(name, value);
  const element = fixture.nativeElement as HTMLElement;
  element.style.cssText = 'display: flex; height: 600px; width: 700px';
  const tabs: string[] = [];
  fixture.componentInstance.tabChange.subscribe((tab) => tabs.push(tab));
  await fixture.whenStable();
  return { fixture, element, tabs, log, store };
}

/** Its text in one line. */
export const textOf = (element: Element | null) => element?.textContent.replace(/\s+/g, ' ').trim();
