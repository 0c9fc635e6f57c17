import { at } from '../testing/answer.ts';
import { BY_ID, MINUTE_MS, historyBench } from '../testing/history-bench.ts';
import { closing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';

/** What the vendor's demo asks with. @see PROTOCOL.md §9.1 */
const DEMO_QUERY = 'offset=0&limit=100&sort=start%3Adesc&NC=true&__d=2013';
const DEMO_CONTENT = [
  'campaign',
  'messageRecords',
  'agentParticipants',
  'agentParticipantsLeave',
  'agentParticipantsActive',
  'consumerParticipants',
  'transfers',
  'messageScores',
  'messageStatuses',
];
const NUMERIC = /^\d{10}$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000$/;

describe('The history of one conversation (§9)', () => {
  const bench = historyBench();
  const { ask, recordOf, idsIn, talk } = bench;

  it('is answered to the query and body that the vendor’s demo sends (§9.1)', async () => {
    const id = await talk();
    const answer = await ask(BY_ID, { conversationId: id, contentToRetrieve: DEMO_CONTENT }, DEMO_QUERY);

    expect(answer.status).toBe(200);
    expect(answer.at('_metadata')).toEqual({
      count: 1,
      self: {
        rel: 'self',
        href: `${bench.cloud.emulator.origin}/messaging_history/api/account/demo/${BY_ID}?limit=100&offset=0`,
      },
      shardsStatusResult: { partialResult: false },
    });
    const record = answer.at('conversationHistoryRecords', 0) as object;
    expect(Object.keys(record).sort()).toEqual(
      ['info', ...DEMO_CONTENT].filter((name) => name !== 'campaign').sort(),
    );
    expect(at(record, 'messageStatuses')).toBeInstanceOf(Array);
  });

  it('holds only the sections that were asked for (§9.1)', async () => {
    const id = await talk();

    expect(Object.keys((await recordOf(id, ['messageRecords'])) as object)).toEqual([
      'info',
      'messageRecords',
    ]);
    expect(Object.keys((await recordOf(id, [])) as object)).toEqual(['info']);
    expect(Object.keys((await recordOf(id, ['consumerParticipant', 'nonsense'])) as object)).toEqual([
      'info',
    ]);
  });

  it('holds the usual sections when none is named (§9.1)', async () => {
    const record = (await recordOf(await talk())) as object;

    expect(Object.keys(record)).toContain('messageRecords');
    expect(Object.keys(record)).toContain('messageStatuses');
    expect(Object.keys(record)).not.toContain('dialogs');
  });

  it('tells of an open conversation that it has no end (§9.2)', async () => {
    const id = await talk();
    bench.clock.forward(5 * MINUTE_MS);
    const info = at(await recordOf(id), 'info');

    expect(info).toEqual(
      jasmine.objectContaining({
        startTime: jasmine.stringMatching(TIME),
        endTime: 'undefined',
        endTimeL: -1,
        conversationId: id,
        brandId: 'demo',
        latestAgentId: jasmine.stringMatching(NUMERIC),
        latestAgentNickname: jasmine.stringMatching(/./),
        latestSkillId: -1,
        latestSkillName: 'Unassigned',
        source: 'APP',
        closeReason: null,
        closeReasonDescription: null,
        status: 'OPEN',
        fullDialogStatus: 'OPEN',
        firstConversation: true,
        latestQueueState: 'ACTIVE',
        isPartial: false,
      }),
    );
    const minutes = Number(at(info, 'duration')) / MINUTE_MS;
    expect(Math.floor(minutes)).toBe(5);
    const startTime = String(at(info, 'startTime')).replace(' ', 'T').replace('+0000', 'Z');
    expect(Date.parse(startTime)).toBe(Number(at(info, 'startTimeL')));
  });

  it('leaves out the agent while the conversation waits in the queue (§9.2)', async () => {
    await using quiet = await startTestCloud();
    const waiting = await quiet.caller.consumer();
    const id = await quiet.caller.opened(waiting);
    const path = `/messaging_history${quiet.caller.path(`/${BY_ID}`)}`;
    const answer = await quiet.caller.post(path, { conversationId: id }, await quiet.caller.bearer());

    const info = answer.at('conversationHistoryRecords', 0, 'info') as object;
    expect(info).toEqual(jasmine.objectContaining({ latestQueueState: 'IN_QUEUE' }));
    expect(Object.keys(info)).not.toContain('latestAgentId');
  });

  it('keeps a closed conversation (§9, App. B 10)', async () => {
    const id = await talk();
    await bench.cloud.caller.send(bench.consumer, closing(id));
    bench.clock.forward(24 * 60 * MINUTE_MS);
    bench.bearer = await bench.cloud.caller.bearer();
    const record = await recordOf(id);

    expect(at(record, 'info')).toEqual(
      jasmine.objectContaining({
        status: 'CLOSE',
        fullDialogStatus: 'CLOSE',
        closeReason: 'CONSUMER',
        closeReasonDescription: 'MANUAL_CLOSE',
        endTime: jasmine.stringMatching(TIME),
      }),
    );
    expect(Number(at(record, 'info', 'duration'))).toBeLessThan(MINUTE_MS);
    expect(at(record, 'messageRecords', 0, 'messageData')).toEqual({ msg: { text: 'Hello José 👋' } });
  });

  it('is an empty list for an id that is not known, a foreign account’s included (§9.1)', async () => {
    const id = await bench.cloud.caller.opened(bench.consumer);
    const unknown = await ask(BY_ID, { conversationId: 'no-such-id' });
    const path = `/messaging_history/api/account/demo2/${BY_ID}`;
    const login = await bench.cloud.caller.post('/api/account/demo2/login', {
      username: 'admin',
      password: 'demo-admin',
    });
    const foreign = await bench.cloud.caller.post(
      path,
      { conversationId: id },
      { authorization: `Bearer ${login.textAt('bearer')}` },
    );

    for (const answer of [unknown, foreign]) {
      expect(answer.status).toBe(200);
      expect(answer.at('conversationHistoryRecords')).toEqual([]);
      expect(answer.at('_metadata', 'count')).toBe(0);
    }
  });

  it('can be several conversations at once (§9.1)', async () => {
    const other = await bench.cloud.caller.consumer('bo');
    const ids = [await bench.cloud.caller.opened(bench.consumer), await bench.cloud.caller.opened(other)];
    const answer = await ask(BY_ID, { conversationIds: [...ids, ids[0], 'unknown'] });

    expect(idsIn(answer).toSorted()).toEqual(ids.toSorted());
  });
});
