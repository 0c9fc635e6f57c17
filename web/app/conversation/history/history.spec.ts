import { TestBed } from '@angular/core/testing';
import fc from 'fast-check';

import type { LogEntry } from '#protocol/bridge-events';
import { asConversationId } from '#protocol/identifiers';
import type { NotificationChange } from '#protocol/webhook-notification';

import { BridgeFailure, BRIDGE_UNREACHABLE } from '../../bridge/bridge-failure';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { buildHistory, buildView } from '../../testing/fake-bridge';
import {
  APP,
  CONVERSATION,
  LogWriter,
  START,
  SURVEY,
  buildConversation,
  buildMessage,
} from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { withEntries } from '../apply-entries';
import { ChatPane } from '../chat-pane';
import { NO_FACTS } from '../conversation-facts';
import { toState, type ConversationState } from '../conversation-state';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { ReceiptReporter } from '../receipt-reporter';
import { deliveryWords } from '../delivery-words';
import { withHistory } from './apply-history';

const said = ({ messages }: ConversationState) =>
  messages.map(
    ({ content, isOwn }) =>
      `${isOwn ? 'I' : 'they'}: ${content.kind === 'text' ? content.text : content.kind}`,
  );

const withBoth = (entries: readonly LogEntry[], changes: readonly NotificationChange[]): ConversationState =>
  toState(CONVERSATION, withHistory(withEntries(NO_FACTS, entries), buildHistory(changes)));

/** History names agents by another id than webhooks do. */
const oldAgent = { originatorId: '3705342610' };
const receipt = (status: string, sequence: number, role = 'ASSIGNED_AGENT') =>
  buildMessage({
    ...{ role, ...oldAgent },
    event: { type: 'AcceptStatusEvent', status, sequenceList: [sequence] },
  });

describe('a conversation with its history', () => {
  it('has what the log lacks, in its place and once', () => {
    const log = new LogWriter().opened().agentSays(2, 'second').echo(4, 'third');
    const screen = withBoth(log.entries, [
      buildMessage({ sequence: 0, text: 'first', ...oldAgent }),
      buildMessage({ sequence: 2, text: 'second', ...oldAgent }),
      buildMessage({ sequence: 4, text: 'third', role: 'CONSUMER' }),
    ]);

    expect(said(screen)).toEqual(['they: first', 'they: second', 'I: third']);
    expect(screen.messages[1]?.authorId).toBe('agent-1');
  });

  it('has ticks and ends from history where their webhooks never came', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0);

    const screen = withBoth(log.entries, [
      buildMessage({ sequence: 0, text: 'Hi', role: 'CONSUMER' }),
      receipt('READ', 0),
      buildConversation({ state: 'CLOSE', closeReason: 'AGENT' }),
    ]);

    expect(screen.messages.map(({ delivery }) => delivery?.state)).toEqual(['read']);
    expect([screen.phase, screen.closing?.by]).toEqual(['closed', 'AGENT']);
  });

  it('finds a message whose answer and echo both got lost', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').failed('m1', { isAnswerMissing: true });

    const screen = withBoth(log.entries, [
      { ...buildMessage({ sequence: 0, text: 'Hi', role: 'CONSUMER' }), serverTimestamp: START + 2_500 },
    ]);

    expect(said(screen)).toEqual(['I: Hi']);
    expect(screen.messages[0]?.delivery?.state).toBe('sent');
  });

  it('does not say of a message that only history has that its notification came', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 1);

    const { messages } = withBoth(log.entries, [
      buildMessage({ sequence: 0, text: 'from before', role: 'CONSUMER' }),
      buildMessage({ sequence: 1, text: 'Hi', role: 'CONSUMER' }),
    ]);

    expect(messages.map(({ delivery }) => delivery?.echo)).toEqual(['recorded', 'recorded']);
    expect(messages.map(({ isFromHistory }) => isFromHistory)).toEqual([true, false]);
    expect(messages.map(({ delivery }) => delivery && deliveryWords(delivery))).toEqual([
      'sent',
      'sent, confirmed by history',
    ]);
  });

  it('does not take an older message of the same words for one that got lost', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').failed('m1', { isAnswerMissing: true });

    const screen = withBoth(log.entries, [
      { ...buildMessage({ sequence: 0, text: 'Hi', role: 'CONSUMER' }), serverTimestamp: START - 60_000 },
    ]);

    expect(screen.messages.map(({ delivery }) => delivery?.state)).toEqual(['sent', 'failed']);
  });

  it('never shows what agents told each other, and keeps the survey apart', () => {
    const screen = withBoth(new LogWriter().opened().entries, [
      buildMessage({ sequence: 0, text: 'secret', audience: 'AGENTS_AND_MANAGERS' }),
      buildMessage({ sequence: 0, text: 'How was it?', dialogId: SURVEY, role: 'AGENT' }),
      buildMessage({ sequence: 7, text: 'bye' }),
      buildConversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' }),
    ]);

    expect(said(screen)).toEqual(['they: bye', 'they: How was it?']);
    expect(screen.phase).toBe('survey');
  });

  it('does not end a typing that began after what it has', () => {
    const log = new LogWriter().opened().agentState('COMPOSING');
    const older = { ...buildMessage({ sequence: 0, text: 'Hello' }), serverTimestamp: START };

    expect(withBoth(log.entries, [older]).typing).not.toBeNull();
  });

  it('is the same whether history comes before, between or after the webhooks, once or twice', () => {
    const changes = [
      buildMessage({ sequence: 0, text: 'first', ...oldAgent }),
      buildMessage({ sequence: 1, text: 'Hi', role: 'CONSUMER' }),
      buildMessage({ sequence: 3, text: 'Hello', ...oldAgent }),
      receipt('ACCEPT', 1),
      receipt('READ', 1),
      receipt('READ', 0, 'CONSUMER'),
      buildConversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN', stamp: START }),
    ];
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 1).echo(1, 'Hi');
    log.agentReceipt('READ', [1], 2).agentSays(3, 'Hello').agentState('COMPOSING');
    log.conversation({ state: 'CLOSE', stamp: START + 9 });
    const history = buildHistory(changes);
    const expected = toState(CONVERSATION, withHistory(withEntries(NO_FACTS, log.entries), history));

    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: log.entries.length }), { minLength: 1, maxLength: 3 }),
        (readAt) => {
          let facts = NO_FACTS;
          for (let at = 0; at <= log.entries.length; at += 1) {
            if (readAt.includes(at)) facts = withHistory(facts, history);
            facts = withEntries(facts, log.entries.slice(at, at + 1));
          }
          expect(toState(CONVERSATION, facts)).toEqual(expected);
        },
      ),
    );
  });
});

describe('reading the history', () => {
  async function openPane(
    prepare: (parts: ReturnType<typeof provideConversation>) => void = () => undefined,
  ) {
    const parts = provideConversation();
    prepare(parts);
    await TestBed.inject(ConversationsStore).show(APP);
    TestBed.inject(ReceiptReporter).reportFor(APP);
    const store = TestBed.inject(ConversationStore);
    const fixture = TestBed.createComponent(ChatPane);
    store.show(CONVERSATION);
    await settle();
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const button = (name: string) =>
      [...element.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
    return { ...parts, store, fixture, element, button };
  }
  const hello = buildMessage({ sequence: 0, text: 'Hello from before' });

  it('happens once per conversation, and says when there is nothing older', async () => {
    const { bridge, store, element, fixture } = await openPane(({ bridge, log }) => {
      log.deliver(...new LogWriter().opened().entries);
      bridge.histories.set(CONVERSATION, buildHistory([hello]));
    });
    store.show(null);
    store.show(CONVERSATION);
    await settle();
    await fixture.whenStable();

    expect(bridge.historiesRead).toEqual([CONVERSATION]);
    expect(element.textContent).toContain('Hello from before');
    expect(element.textContent).toContain('Nothing older');
    await expectAccessible(element);
  });

  it('is not needed for a conversation that this page has opened', async () => {
    const { bridge, store } = await openPane();
    bridge.historiesRead.length = 0;
    store.show(null);
    const opened = asConversationId('c2');
    bridge.openConversation = () => Promise.resolve(buildView({ id: opened }));

    await store.open('Kim', 'Hi');
    store.show(opened);
    await settle();

    expect(bridge.historiesRead).toEqual([]);
  });

  it('says in words when it fails, and reads again when asked', async () => {
    const { bridge, element, button, fixture } = await openPane(({ bridge, log }) => {
      log.deliver(...new LogWriter().opened().agentSays(2, 'Hello').entries);
      bridge.conversationHistory = () => Promise.reject(new BridgeFailure(BRIDGE_UNREACHABLE));
    });
    expect(element.textContent).toContain('The cloud’s history could not be read');
    expect(element.textContent).toContain('Hello');

    bridge.conversationHistory = () => Promise.resolve(buildHistory([hello]));
    button('Retry')?.click();
    await settle();
    await fixture.whenStable();

    expect(element.textContent).not.toContain('could not be read');
    expect(element.textContent).toContain('Hello from before');
  });

  it('happens again after the log has told of a gap, and survives that the log starts anew', async () => {
    const { bridge, log, element, fixture } = await openPane(({ log }) => {
      log.deliver(...new LogWriter().opened().entries);
    });
    bridge.histories.set(CONVERSATION, buildHistory([hello]));

    log.connection.set({ kind: 'gap', missed: 3 });
    await settle();
    log.reset();
    log.deliver(...new LogWriter().opened().entries);
    await settle();
    await fixture.whenStable();

    expect(bridge.historiesRead).toEqual([CONVERSATION, CONVERSATION]);
    expect(element.textContent).toContain('Hello from before');
  });

  it('tells no receipt a second time that history knows of', async () => {
    const { bridge } = await openPane(({ bridge, log }) => {
      log.deliver(...new LogWriter().opened().entries);
      const other = buildMessage({ sequence: 1, text: 'Are you there?' });
      const changes = [hello, receipt('READ', 0, 'CONSUMER'), other];
      bridge.histories.set(CONVERSATION, buildHistory(changes));
    });
    await eventually(() => bridge.receipts.length > 0);

    expect(bridge.receipts.flatMap(({ request }) => request.sequenceList)).not.toContain(0);
  });

  it('shows a conversation that another server opened, to read and not to write into', async () => {
    const { element, bridge } = await openPane(({ bridge }) => {
      bridge.histories.set(CONVERSATION, buildHistory([hello]));
    });

    expect(element.querySelector('h2')?.textContent).toBe('Kim');
    expect(element.textContent).toContain('Hello from before');
    expect(element.textContent).toContain('Another server opened this conversation');
    expect(element.querySelector('[aria-label="Close conversation"]')).toBeNull();
    expect(bridge.chatStates).toEqual([]);
    await expectAccessible(element);
  });
});
