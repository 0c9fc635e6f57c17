import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { ConversationView, ReceiptAnswer } from '#protocol/bridge-api';
import type { ConversationId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import { partsFor, startWorld, type World } from '../../testing/start-world.ts';

describe('receipts that the app owes by itself', () => {
  let world: World;
  let browser: TestBrowser;
  let id: ConversationId;
  beforeEach(async () => {
    const started = await startWithConversation();
    ({ world, browser } = started);
    id = started.conversation.conversationId;
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const tell = async (
    sequenceList: readonly number[],
    { from = browser, dialogId = id }: { readonly from?: TestBrowser; readonly dialogId?: string } = {},
  ) => {
    const answer = await from.post(`/api/conversations/${id}/receipts`, {
      ...{ dialogId, status: 'READ', sequenceList },
    });
    expect(answer.status).toBe(200);
    return (answer.body as ReceiptAnswer).outcome;
  };
  const sent = () =>
    world.wire.seen.flatMap(
      ({ body }) => /"status":"READ","sequenceList":(\[[\d,]+\])/.exec(body)?.[1] ?? [],
    );

  it('leave once when two browsers of a person tell them at the same moment', async () => {
    const other = new TestBrowser(world.bridge.origin);
    await other.signInToDemo();

    const outcomes = await Promise.all([tell([1, 2]), tell([1, 2], { from: other })]);

    expect(outcomes.toSorted()).toEqual(['known', 'told']);
    expect(sent()).toEqual(['[1,2]']);
  });

  it('leave without those that were told before', async () => {
    await tell([1, 2]);

    expect(await tell([2, 3])).toBe('told');
    expect(sent()).toEqual(['[1,2]', '[3]']);
  });

  it('may be told again after the cloud refused them, which is no failure of the call', async () => {
    const elsewhere = { dialogId: 'no-such-dialog' };

    expect([await tell([1], elsewhere), await tell([1], elsewhere)]).toEqual(['refused', 'refused']);
    expect(sent()).toEqual(['[1]', '[1]']);
  });

  it('do not keep a person from telling the same by hand', async () => {
    await tell([1]);

    const answer = await browser.post(`/api/conversations/${id}/accept-status`, {
      ...{ dialogId: id, status: 'READ', sequenceList: [1] },
    });

    expect(answer.status).toBe(204);
    expect(sent()).toEqual(['[1]', '[1]']);
  });
});

describe('a receipt that the cloud took and the log did not', () => {
  let dataDir = '';
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'receipts-'));
    world = await startWorld({ config: { dataDir } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    conversation = await browser.openConversation();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true });
  });

  const full = (name: string, tables: readonly string[]): Disposable => {
    using database = new DatabaseSync(join(dataDir, name));
    for (const table of tables) {
      database.exec(`CREATE TRIGGER full_${table} BEFORE INSERT ON ${table}
        BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    }
    return {
      [Symbol.dispose]: () => {
        using again = new DatabaseSync(join(dataDir, name));
        for (const table of tables) again.exec(`DROP TRIGGER full_${table}`);
      },
    };
  };
  const path = (name: string) => `/api/conversations/${conversation.conversationId}/${name}`;
  const told = (from = browser) =>
    from.post(path('receipts'), {
      dialogId: conversation.conversationId,
      status: 'READ',
      sequenceList: [1, 2],
    });
  const sent = (word = '"status":"READ"') => world.wire.seen.filter(({ body }) => body.includes(word)).length;
  const logged = async (from = browser) => {
    using events = from.events();
    await events.event('caught-up');
    return events.of('event-published').map(({ event }) => event);
  };

  it('is told as done, leaves once, and stands in the log when that can be written to again', async () => {
    {
      using log = full('events.sqlite', ['entries']);
      const [first, again] = [await told(), await told()];
      expect([first.body, again.body]).toEqual([{ outcome: 'told' }, { outcome: 'known' }]);
      expect(log).toBeDefined();
    }

    expect((await told()).body).toEqual({ outcome: 'known' });
    expect(await logged()).toEqual([{ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1, 2] }]);
    expect((await told()).body).toEqual({ outcome: 'known' });
    expect((await logged()).length).toBe(1);
    expect(sent()).toBe(1);
  });

  it('leaves once also when the bridge was started anew meanwhile', async () => {
    {
      using log = full('events.sqlite', ['entries']);
      await told();
      expect(log).toBeDefined();
    }
    await world.bridge[Symbol.asyncDispose]();
    await using next = await startTestBridge(partsFor(world.wire.origin), { dataDir });
    const reader = new TestBrowser(next.origin);
    reader.takeCookieOf(browser);

    expect((await told(reader)).body).toEqual({ outcome: 'known' });
    expect(sent()).toBe(1);
    expect(await logged(reader)).toEqual([
      { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1, 2] },
    ]);
  });

  it('leaves once when nothing can be stored anywhere', async () => {
    {
      using log = full('events.sqlite', ['entries']);
      using database = full('bridge.sqlite', ['unlogged_receipts']);
      expect([(await told()).body, (await told()).body]).toEqual([{ outcome: 'told' }, { outcome: 'known' }]);
      expect([log, database].length).toBe(2);
    }

    await told();
    expect((await logged()).length).toBe(1);
    expect(sent()).toBe(1);
  });

  it('is no failure either when a person told it by hand, as a typing is none', async () => {
    using log = full('events.sqlite', ['entries']);
    const { conversationId: dialogId } = conversation;

    const answers = [
      await browser.post(path('accept-status'), { dialogId, status: 'READ', sequenceList: [1] }),
      await browser.post(path('chat-state'), { dialogId, chatState: 'COMPOSING' }),
      await browser.post(path('events'), {
        ...{ clientMessageId: 'raw', dialogId, event: { type: 'ChatStateEvent', chatState: 'PAUSE' } },
      }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 201]);
    expect([sent('COMPOSING'), sent('PAUSE')]).toEqual([1, 1]);
    expect(log).toBeDefined();
  });
});
