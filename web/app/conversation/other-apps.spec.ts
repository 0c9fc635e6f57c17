import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildHistory, buildView } from '../testing/fake-bridge';
import { APP, CONVERSATION, LogWriter, MAIN, OTHER_APP, START, buildMessage } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationLog } from './conversation-log';
import { replay } from './conversation-state';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { messageKey } from './conversation-facts';
import { RECEIPT_DELAY_MS, ReceiptReporter } from './receipt-reporter';

/** All that a conversation may be told, as the cloud delivers it for another app. */
const toldToAnother = (writer: LogWriter): LogWriter =>
  writer
    .forApp(OTHER_APP)
    .echo(0, 'Hi')
    .agentReceipt('READ', [0], 1)
    .agentSays(2, 'Hello')
    .agentState('COMPOSING')
    .conversation({ state: 'CLOSE', closeReason: 'AGENT' });

describe('what the cloud delivers for another app', () => {
  it('is no part of a conversation: no message, echo, tick, typing or end', () => {
    const own = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0);
    const alone = replay(CONVERSATION, own.entries);

    const screen = replay(CONVERSATION, toldToAnother(own).entries);

    expect(screen).toEqual(alone);
    expect(screen.messages.map(({ delivery }) => [delivery?.state, delivery?.echo])).toEqual([
      ['sent', 'awaited'],
    ]);
    expect(screen.phase).toBe('open');
    expect(screen.typing).toBeNull();
  });

  it('settles no message whose answer was lost', () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi').failed('m1', { isAnswerMissing: true });

    const { messages } = replay(CONVERSATION, writer.forApp(OTHER_APP).echo(0, 'Hi').entries);

    expect(messages.map(({ delivery }) => delivery?.state)).toEqual(['failed']);
  });

  it('is left out also where it came before the log told whose the conversation is', () => {
    const writer = new LogWriter().forApp(OTHER_APP).agentSays(2, 'For another');
    writer.forApp(APP).agentSays(0, 'For this').opened();

    const { messages } = replay(CONVERSATION, writer.entries);

    expect(messages.map(({ sequence }) => sequence)).toEqual([0]);
  });

  it('is left out of a conversation that only the bridge’s list tells whose it is', async () => {
    const { bridge, log } = provideConversation();
    bridge.listed.push(buildView());
    const store = TestBed.inject(ConversationsStore);
    log.deliver(...new LogWriter().agentSays(0, 'For this').forApp(OTHER_APP).agentSays(1, 'b').entries);

    await store.show(APP);

    expect(store.find(CONVERSATION)?.messages.map(({ sequence }) => sequence)).toEqual([0]);
  });

  it('is left out of a conversation of another server, which has what came for the app on the screen', async () => {
    const { bridge, log } = provideConversation();
    const elsewhere = asConversationId('elsewhere');
    const writer = new LogWriter(elsewhere).agentSays(1, 'For this').forApp(OTHER_APP).agentSays(2, 'b');
    const recorded = [buildMessage({ sequence: 0, text: 'From the history' })];
    bridge.histories.set(elsewhere, buildHistory(recorded, { conversationId: elsewhere }));
    await TestBed.inject(ConversationsStore).show(APP);
    log.deliver(...writer.entries);

    TestBed.inject(ConversationStore).show(elsewhere);
    await settle();

    const state = TestBed.inject(ConversationStore).state();
    expect(state?.isElsewhere).toBeTrue();
    expect(state?.messages.map(({ sequence }) => sequence)).toEqual([0, 1]);
  });

  it('changes no conversation, so that nothing is worked out anew', () => {
    const { log } = provideConversation();
    const known = TestBed.inject(ConversationLog);
    log.deliver(...new LogWriter().opened().agentSays(0, 'a').entries);
    const before = known.facts().get(CONVERSATION);

    log.deliver(...toldToAnother(new LogWriter()).entries);

    expect(known.facts().get(CONVERSATION)).toBe(before);
  });
});

describe('what the cloud delivers for another app, once it is time for receipts', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());

  it('is neither unread nor told to have been received or read', async () => {
    const { bridge, log } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    const reporter = TestBed.inject(ReceiptReporter);
    await store.show(APP);
    reporter.reportFor(APP);
    reporter.setOnScreen(new Set([messageKey(MAIN, 0), messageKey(MAIN, 1)]));

    log.deliver(...new LogWriter().opened().forApp(OTHER_APP).agentSays(0, 'a').agentSays(1, 'b').entries);
    await settle();
    jasmine.clock().tick(RECEIPT_DELAY_MS);
    await settle();

    expect(bridge.receipts).toEqual([]);
    expect(store.summaries().map(({ unread, lastLine }) => [unread, lastLine])).toEqual([[0, '']]);
  });
});
