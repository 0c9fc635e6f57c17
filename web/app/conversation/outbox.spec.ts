import { TestBed } from '@angular/core/testing';

import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { TabMemory } from '../bridge/tab-memory';
import { CONVERSATION, LogWriter, MAIN, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { replay } from './conversation-state';
import { withLocalMessages } from './local-messages';
import { Outbox } from './outbox';

describe('Outbox', () => {
  const message = {
    ...{ clientMessageId: 'm1', conversationId: CONVERSATION, dialogId: MAIN, text: 'Hi', at: START },
  };

  it('shows a message at once and hands it over after what has to be told before it', async () => {
    const { bridge } = provideConversation();
    const outbox = TestBed.inject(Outbox);
    const told = Promise.withResolvers<undefined>();

    const sent = outbox.send(message, told.promise);
    await settle();
    expect(outbox.messages().map(({ isSending }) => isSending)).toEqual([true]);
    expect(bridge.messages).toEqual([]);

    told.resolve(undefined);
    await sent;
    expect(bridge.messages.length).toBe(1);
  });

  it('does not let a chat state that hangs hold a message', async () => {
    jasmine.clock().install();
    try {
      const { bridge } = provideConversation();

      const sent = TestBed.inject(Outbox).send(message, new Promise(() => undefined));
      jasmine.clock().tick(1_000);
      await sent;

      expect(bridge.messages.length).toBe(1);
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('hands a message over although the chat state before it failed', async () => {
    const { bridge } = provideConversation();

    await TestBed.inject(Outbox).send(message, Promise.reject(new Error('no')));

    expect(bridge.messages.length).toBe(1);
  });

  it('still names the message that it stands for when it is handed over once more', async () => {
    const { bridge } = provideConversation();
    const outbox = TestBed.inject(Outbox);
    bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
    const { text, ...rest } = message;
    await outbox.publish({ ...rest, content: { kind: 'text', text }, metadata: null, replaces: 'm0' });

    await outbox.retry(CONVERSATION, withLocalMessages([], outbox.messages(), START)[0]!);

    expect(bridge.messages.map(({ request }) => request.replaces)).toEqual(['m0', 'm0']);
  });

  it('leaves a message in its place while it is tried again, so that the next Retry does not move away', async () => {
    const { bridge } = provideConversation();
    const outbox = TestBed.inject(Outbox);
    const shown = () => withLocalMessages([], outbox.messages(), START).map(({ id }) => id);
    bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
    for (const clientMessageId of ['m1', 'm2', 'm3']) await outbox.send({ ...message, clientMessageId });

    const tried = outbox.retry(CONVERSATION, withLocalMessages([], outbox.messages(), START)[0]!);
    expect(shown()).toEqual(['m1', 'm2', 'm3']);
    await tried;
    expect(shown()).toEqual(['m1', 'm2', 'm3']);
  });

  describe('after a reload of the tab', () => {
    const reload = () => {
      TestBed.tick();
      const kept = sessionStorage.getItem('until-sign-out');
      TestBed.resetTestingModule();
      const page = provideConversation();
      if (kept !== null) sessionStorage.setItem('until-sign-out', kept);
      return page;
    };

    it('has what never reached the bridge, and hands the same message over', async () => {
      const page = provideConversation();
      page.bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
      await TestBed.inject(Outbox).send(message);

      const { bridge } = reload();
      const outbox = TestBed.inject(Outbox);
      const [unsent] = withLocalMessages([], outbox.messages(), START);
      expect(unsent?.delivery?.failure?.problem.code).toBe('bridge-unreachable');
      await outbox.retry(CONVERSATION, unsent!);

      expect(bridge.messages.map(({ request }) => request.clientMessageId)).toEqual(['m1']);
    });

    it('has a message once that two tabs have left', async () => {
      const { bridge } = provideConversation();
      bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
      await TestBed.inject(Outbox).send(message);
      TestBed.tick();
      const { unsent } = JSON.parse(sessionStorage.getItem('until-sign-out')!) as { unsent: unknown[] };
      TestBed.resetTestingModule();
      provideConversation();
      sessionStorage.setItem('until-sign-out', JSON.stringify({ unsent: [...unsent, ...unsent] }));

      expect(TestBed.inject(Outbox).messages().length).toBe(1);
    });

    it('counts as what signing out would lose until it has arrived', async () => {
      const { bridge } = provideConversation();
      const outbox = TestBed.inject(Outbox);
      const memory = TestBed.inject(TabMemory);
      memory.belongTo('demo/1');
      const lost = () => {
        TestBed.tick();
        return memory.wordCounts().unsent;
      };
      bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
      await outbox.send(message);
      expect(lost()).toBe(1);

      bridge.refusal = null;
      await outbox.retry(CONVERSATION, withLocalMessages([], outbox.messages(), START)[0]!);
      expect(lost()).toBe(0);
    });

    const cutOff = async () => {
      provideConversation();
      void TestBed.inject(Outbox).send(message, new Promise(() => undefined));
      await settle();
      const { log } = reload();
      log.connection.set({ kind: 'connecting' });
      const writer = new LogWriter().opened();
      const outbox = TestBed.inject(Outbox);
      const states = () => {
        TestBed.tick();
        const { messages } = replay(CONVERSATION, writer.entries);
        return withLocalMessages(messages, outbox.messages(), START).map(({ delivery }) => delivery?.state);
      };
      return { log, writer, states };
    };

    it('tells of a call that the reload cut off, once the log has told all and for good', async () => {
      const { log, states } = await cutOff();
      expect(states()).toEqual(['sending']);

      log.connection.set({ kind: 'live' });
      expect(states()).toEqual(['failed']);

      log.connection.set({ kind: 'reconnecting', since: START });
      expect(states()).toEqual(['failed']);
    });

    it('leaves to the log a message that the reload cut off and the bridge had', async () => {
      const { log, writer, states } = await cutOff();
      log.deliver(...writer.submitted('m1', 'Hi').entries);
      log.connection.set({ kind: 'live' });

      expect(states()).toEqual(['sending']);
    });

    it('has nothing of what arrived, nor what is no message', async () => {
      provideConversation();
      const outbox = TestBed.inject(Outbox);
      await outbox.send(message);
      outbox.forget(() => true);
      reload();
      expect(TestBed.inject(Outbox).messages()).toEqual([]);

      const { text, ...rest } = message;
      const kept = { ...rest, content: { kind: 'text', text }, metadata: null, failure: null };
      const odd = [
        { clientMessageId: 7 },
        { content: { kind: 'text' } },
        { content: { kind: 'file', file: { fileType: 'PNG' } } },
        { content: { kind: 'picture', text: 'Hi' } },
        { metadata: 'none' },
        { failure: { problem: { code: 'internal' } } },
        { replaces: 7 },
      ];
      for (const part of [{}, ...odd]) {
        TestBed.resetTestingModule();
        provideConversation();
        sessionStorage.setItem('until-sign-out', JSON.stringify({ unsent: [{ ...kept, ...part }] }));
        const { length } = TestBed.inject(Outbox).messages();
        expect(length)
          .withContext(JSON.stringify(part))
          .toBe(odd.includes(part as never) ? 0 : 1);
      }
    });
  });
});
