import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { ConversationTokens } from '#protocol/bridge-api';
import { asDialogId } from '#protocol/identifiers';

import { AppNames } from '../../bridge/app-names';
import { exactWords } from '../../ui/time-words';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONSUMER, CONVERSATION, LogWriter, MAIN, START, SURVEY } from '../../testing/log-entries';
import { provideConversation } from '../../testing/provide-conversation';
import { StatePanel } from './state-panel';
import type { MissingSequences } from './state-rows';

async function showState(
  writer: LogWriter,
  isShown = true,
  tokens?: ConversationTokens,
  missing: readonly MissingSequences[] = [],
) {
  const { log, bridge } = provideConversation();
  if (tokens !== undefined) bridge.tokens = tokens;
  log.deliver(...writer.entries);
  log.cursor.set(42);
  await TestBed.inject(ConversationsStore).show(APP);
  if (isShown) TestBed.inject(ConversationStore).show(CONVERSATION);
  const fixture = TestBed.createComponent(StatePanel);
  fixture.componentRef.setInput('missing', missing);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

const rowsOf = (element: HTMLElement) =>
  [...element.querySelectorAll('.row')].map((row) => [
    row.querySelector('dt')?.textContent,
    row.querySelector('.value')?.textContent,
  ]);

describe('StatePanel', () => {
  it('lists ids with a copy button, dialogs, participants, options and the stream', async () => {
    const element = await showState(
      new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' }),
    );

    const text = element.textContent;
    for (const word of [CONVERSATION, CONSUMER.consumerId, CONSUMER.externalId, SURVEY, 'POST_SURVEY']) {
      expect(text).withContext(word).toContain(word);
    }
    expect(text).toContain('RICH_CONTENT, QUICK_REPLIES, MULTI_DIALOG');
    expect(text).toContain('42');
    expect(element.querySelector('[aria-label="Copy consumer id"]')).not.toBeNull();
    expect(element.querySelector('[aria-label="Copy all"]')).not.toBeNull();
    await expectAccessible(element);
  });

  it('names the app beside its id', async () => {
    const element = await showState(new LogWriter().opened());
    expect(rowsOf(element)).not.toContain(['app', 'Shop']);
    expect(rowsOf(element)).toContain(['app id', APP]);

    TestBed.inject(AppNames).remember(APP, 'Shop');
    await TestBed.inject(ApplicationRef).whenStable();
    expect(rowsOf(element)).toContain(['app', 'Shop']);
  });

  it('names the sequences that did not come, by dialog, and has no such heading where all came', async () => {
    const missing = [{ dialogId: MAIN, sequences: '12, 14–16' }];
    const element = await showState(new LogWriter().opened().conversation(), true, undefined, missing);

    const section = element.querySelector('[aria-label="Sequences that did not come"]');
    expect(section?.querySelector('dt')?.textContent).toBe('MAIN');
    expect(section?.querySelector('dd')?.textContent).toContain('12, 14–16 (not here; perhaps');
    await expectAccessible(element);
    TestBed.resetTestingModule();
    expect((await showState(new LogWriter().opened())).textContent).not.toContain('did not come');
  });

  it('names a dialog that was not told yet by the begin of its id', async () => {
    const log = new LogWriter().opened();
    const missing = [{ dialogId: asDialogId('d4656912-28ec-4039'), sequences: '1' }];
    const element = await showState(log.conversation(), true, undefined, missing);

    const section = element.querySelector('[aria-label="Sequences that did not come"]');
    expect(section?.querySelector('dt')?.textContent).toBe('dialog d4656912');
  });

  it('tells when the tokens run out that the bridge speaks with', async () => {
    const element = await showState(new LogWriter().opened(), true, {
      appToken: { expiresAt: START + 3_600_000, renewAt: START + 3_300_000 },
      consumerToken: { expiresAt: null },
    });

    const tokens = element.querySelector('[aria-label^="Tokens"]')?.textContent ?? '';
    expect(tokens).toContain(`runs out at ${exactWords(START + 3_600_000)}`);
    expect(tokens).toContain('does not run out');
  });

  it('says that the next call fetches a token where none is held', async () => {
    const element = await showState(new LogWriter().opened());

    expect(element.querySelector('[aria-label^="Tokens"]')?.textContent).toContain(
      'the next call fetches one',
    );
  });

  it('says what will be here before there is a conversation', async () => {
    expect((await showState(new LogWriter(), false)).textContent).toContain('No conversation yet');
  });
});
