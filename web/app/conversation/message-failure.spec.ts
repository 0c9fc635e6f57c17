import { TestBed } from '@angular/core/testing';

import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { expectAccessible } from '../testing/expect-accessible';
import { buildHistory } from '../testing/fake-bridge';
import {
  APP,
  CONVERSATION,
  LOST,
  LogWriter,
  MAIN,
  REFUSED,
  START,
  buildMessage,
} from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { deliveryFailureWords } from './delivery-words';
import { MessageBubble } from './message-bubble';

/** The first message of the log as the chat shows it, again after each change. */
async function render(writer: LogWriter, refusal: Error | null = null) {
  const parts = provideConversation();
  parts.log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  parts.bridge.refusal = refusal;
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  await settle();
  if (store.messages().length === 0) await store.send('Hi');
  const fixture = TestBed.createComponent(MessageBubble);
  const element = fixture.nativeElement as HTMLElement;
  const look = async () => {
    fixture.componentRef.setInput('message', store.messages()[0]);
    await settle();
    fixture.componentRef.setInput('message', store.messages()[0]);
    await fixture.whenStable();
  };
  await look();
  const words = () => element.textContent.replace(/\s+/g, ' ');
  const buttons = () => [...element.querySelectorAll<HTMLButtonElement>('.ways button, .advice button')];
  const press = async (name: string) => {
    buttons()
      .find(({ textContent }) => textContent.trim() === name)!
      .click();
    await look();
  };
  const names = () => buttons().map(({ textContent }) => textContent.trim());
  return { ...parts, store, fixture, element, words, names, press, look };
}

const written = () => new LogWriter().opened().submitted('m1', 'Hi');
const lost = () => written().failed('m1', { isAnswerMissing: true });

describe('a message that failed', () => {
  it('says that the cloud refused it without a reason, and is tried again as the same message', async () => {
    const { bridge, element, words, names, press } = await render(written().failed('m1'));

    expect(words()).toMatch(/\d\d:\d\d · refused/);
    expect(words()).toContain('LivePerson refused the call');
    expect(words()).toContain('The answer gives no reason. Look at the request');
    expect(words()).not.toContain('says why');
    expect(words()).toContain('asyncMessagingEnt (messaging) answered 400, code BAD_REQUEST');
    await expectAccessible(element);
    expect(names()).toEqual(['Retry', 'Remove']);
    await press('Retry');
    expect(bridge.messages.map(({ request }) => request.clientMessageId)).toEqual(['m1']);
  });

  it('leads to the answer only where that says why', () => {
    const refused = (upstream: object) =>
      ({ ...REFUSED, upstream: { ...REFUSED.upstream, ...upstream } }) as typeof REFUSED;
    const nextOf = (problem: typeof REFUSED) =>
      deliveryFailureWords({ problem, isAnswerMissing: false, isReplaced: false }, null).next;

    for (const told of [{ message: 'The dialog is closed' }, { code: '40105', message: null }])
      expect(nextOf(refused(told))).toContain('The answer says why');
    for (const bare of [
      { message: null },
      { code: null },
      { code: '400', message: 'bad request.' },
      { code: '' },
    ])
      expect(nextOf(refused(bare))).toContain('The answer gives no reason');
  });

  it('offers no sending into a conversation that is closed, only to look what became of it', async () => {
    expect(
      (
        await render(
          written()
            .failed('m1')
            .conversation({ state: 'CLOSE', stage: 'CLOSE', stamp: START + 9_000 }),
        )
      ).names(),
    ).toEqual(['Remove']);
    TestBed.resetTestingModule();
    expect(
      (await render(lost().conversation({ state: 'CLOSE', stage: 'CLOSE', stamp: START + 9_000 }))).names(),
    ).toEqual(['Read the history']);
  });

  it('and was surely not sent can be taken out, with the keyboard left among the messages', async () => {
    const { store, element } = await render(written().failed('m1'));
    const log = document.body.appendChild(document.createElement('div'));
    log.role = 'log';
    log.tabIndex = 0;
    log.append(element);

    const ways = [...element.querySelectorAll<HTMLElement>('.ways button')];
    ways.find(({ textContent }) => textContent.trim() === 'Remove')!.click();

    expect(store.messages()).toEqual([]);
    expect(document.activeElement).toBe(log);
    log.remove();
  });

  it('that may not have reached the bridge is tried again: there it is published once', async () => {
    const unreachable = new BridgeFailure(BRIDGE_UNREACHABLE);
    const { words, names } = await render(new LogWriter().opened(), unreachable);

    expect(words()).toContain('no answer');
    expect(words()).toContain('never published twice');
    expect(names()).toEqual(['Retry']);
  });

  it('without an answer is not tried again, as nobody knows whether it arrived', async () => {
    const { element, words, names } = await render(lost());

    expect(words()).toContain('no answer');
    expect(names()).toEqual(['Read the history', 'Send as a new message']);
    await expectAccessible(element);
  });

  it('is settled by the history that has it', async () => {
    const { bridge, words, press } = await render(lost());
    const arrived = buildMessage({ sequence: 0, text: 'Hi', role: 'CONSUMER' });
    bridge.histories.set(CONVERSATION, buildHistory([{ ...arrived, serverTimestamp: Date.now() }]));

    await press('Read the history');

    expect(words()).not.toContain('may have arrived');
    expect(words()).toContain('sent');
  });

  it('says when the history was read that does not have it', async () => {
    const { bridge, words, press } = await render(lost(), new BridgeFailure(BRIDGE_UNREACHABLE));
    expect(words()).toContain('It may have arrived all the same');
    bridge.refusal = null;

    await press('Read the history');

    expect(words()).toMatch(/history, read at \d\d:\d\d:\d\d, does not have it; it can lag behind/);
  });

  it('goes out as another message when its writer decides so, and waits for nothing then', async () => {
    const { bridge, words, names, press } = await render(lost());

    await press('Send as a new message');

    const [{ request } = { request: null }] = bridge.messages;
    expect(request).toEqual(
      jasmine.objectContaining({ replaces: 'm1', dialogId: MAIN, content: { type: 'text', text: 'Hi' } }),
    );
    expect(request?.clientMessageId).not.toBe('m1');
    expect(names()).toEqual([]);
    expect(words()).toContain('no answer, sent again');
  });

  it('stays so after a reload, and is told when it did arrive', async () => {
    const writer = lost().submitted('m2', 'Hi', MAIN, 'm1');
    const { log, words, names, look } = await render(writer);
    expect([names(), words().includes('no answer, sent again')]).toEqual([[], true]);

    log.deliver(...writer.sent('m1', 0).entries.slice(-1));
    await look();

    expect(words()).not.toContain('sent again');
  });

  it('by an error of the cloud’s own is not said to have no answer', async () => {
    const upstream = { service: 'asyncMessagingEnt', status: 500, code: null, message: null };
    const problem = { ...LOST, code: 'upstream-failed', upstream } as const;
    const { words, names } = await render(written().failed('m1', { isAnswerMissing: true, problem }));

    expect(words()).toContain('The cloud answered with an error, and no notification came');
    expect(words()).toContain('unknown');
    expect(words()).not.toContain('· no answer');
    expect(names()).toContain('Send as a new message');
  });
});

describe('a message whose notification stays away', () => {
  it('leads to the history, and to Retry where reading it has failed', async () => {
    const { bridge, fixture, words, names, press, look } = await render(written().sent('m1', 3));
    fixture.componentRef.setInput('missingEcho', 'unknown');
    await look();
    expect(names()).toEqual(['Read the history']);
    bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);

    await press('Read the history');

    expect(words()).toContain('press Retry above');
    expect(names()).toEqual([]);
  });
});
