import { DEMO_AGENT } from '../state/seed.ts';
import { greeter } from '../agent/scripts/greeter.ts';
import { at } from '../testing/answer.ts';
import type { Answer } from '../testing/answer.ts';
import type { Consumer } from '../testing/caller.ts';
import { CLOSE, closing, publishing, updating } from '../testing/requests.ts';
import { ShiftedClock, startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const BY_ID = 'conversations/conversation/search';
const SEARCH = 'conversations/search';
const BY_CONSUMER = 'conversations/consumer/search';
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
const MINUTE_MS = 60_000;

describe('Messaging history (§9)', () => {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  let consumer: Consumer;
  let bearer: Readonly<Record<string, string>>;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock, agentScript: greeter });
    consumer = await cloud.caller.consumer();
    bearer = await cloud.caller.bearer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const ask = (path: string, body: unknown, query = 'v=2&source=demo'): Promise<Answer> =>
    cloud.caller.post(`/messaging_history${cloud.caller.path(`/${path}?${query}`)}`, body, bearer);
  const recordOf = async (
    conversationId: string,
    contentToRetrieve?: readonly string[],
  ): Promise<unknown> => {
    const answer = await ask(BY_ID, { conversationId, ...(contentToRetrieve && { contentToRetrieve }) });
    expect(answer.status).withContext(answer.text).toBe(200);
    return answer.at('conversationHistoryRecords', 0);
  };
  const idsIn = (answer: Answer): unknown[] =>
    (answer.at('conversationHistoryRecords') as unknown[]).map((record) =>
      at(record, 'info', 'conversationId'),
    );
  /** A conversation in which the agent has answered. */
  async function talk(): Promise<string> {
    const id = await cloud.caller.opened(consumer, { firstName: 'Ada' });
    await cloud.caller.say(consumer, id, 'Hello José 👋');
    await cloud.receiver.waitForMessage(
      ({ event, conversationId, originatorMetadata }) =>
        conversationId === id &&
        event.type === 'ContentEvent' &&
        originatorMetadata?.role === 'ASSIGNED_AGENT',
    );
    return id;
  }

  describe('of one conversation', () => {
    it('is answered to the query and body that the vendor’s demo sends (§9.1)', async () => {
      const id = await talk();
      const answer = await ask(BY_ID, { conversationId: id, contentToRetrieve: DEMO_CONTENT }, DEMO_QUERY);

      expect(answer.status).toBe(200);
      expect(answer.at('_metadata')).toEqual({
        count: 1,
        self: {
          rel: 'self',
          href: `${cloud.emulator.origin}/messaging_history/api/account/demo/${BY_ID}?limit=100&offset=0`,
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
      clock.forward(5 * MINUTE_MS);
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
      await cloud.caller.send(consumer, closing(id));
      clock.forward(24 * 60 * MINUTE_MS);
      bearer = await cloud.caller.bearer();
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

    it('tells each message with number, time and sender, agents by their old ids (§9.2)', async () => {
      const id = await talk();
      const messages = at(await recordOf(id, ['messageRecords']), 'messageRecords') as unknown[];

      expect(messages[0]).toEqual({
        type: 'TEXT_PLAIN',
        messageData: { msg: { text: 'Hello José 👋' } },
        messageId: `ms::conv:${id}::msg:0`,
        seq: 0,
        dialogId: id,
        participantId: consumer.id,
        source: 'APP',
        time: jasmine.stringMatching(TIME),
        timeL: jasmine.any(Number),
        device: 'NA',
        sentBy: 'Consumer',
        audience: 'ALL',
      });
      const answered = messages.find((message) => at(message, 'sentBy') === 'Agent');
      expect(at(answered, 'participantId')).toMatch(NUMERIC);
      const told = cloud.receiver.messages.find(({ sequence }) => sequence === at(answered, 'seq'));
      expect(at(answered, 'timeL')).toBe(told?.serverTimestamp);
    });

    it('tells who accepted and read which message (§9.2)', async () => {
      const id = await talk();
      const statuses = at(await recordOf(id, ['messageStatuses']), 'messageStatuses') as unknown[];

      expect(statuses.map((status) => at(status, 'messageDeliveryStatus'))).toEqual(['ACCEPT', 'READ']);
      expect(statuses[0]).toEqual(
        jasmine.objectContaining({
          messageId: `ms::conv:${id}::msg:0`,
          seq: 0,
          participantId: jasmine.stringMatching(NUMERIC),
          participantType: 'Agent',
          dialogId: id,
        }),
      );
    });

    it('has a list of statuses when there are none (§9.2)', async () => {
      const id = await cloud.caller.opened(consumer);

      expect(at(await recordOf(id, ['messageStatuses']), 'messageStatuses')).toEqual([]);
    });

    it('has rich content and quick replies as JSON within a text (§9.2)', async () => {
      const id = await cloud.caller.opened(consumer);
      const content = { type: 'vertical', elements: [{ type: 'text', text: 'Hi “you”' }] };
      const quickReplies = { type: 'quickReplies', itemsPerRow: 8, replies: [] };
      await cloud.caller.publish(consumer, id, { type: 'RichContentEvent', content, quickReplies });
      const file = {
        caption: 'cat.png',
        relativePath: '/v1/x',
        fileType: 'PNG',
        preview: 'data:image/png;base64,AA',
      };
      await cloud.caller.publish(consumer, id, {
        type: 'ContentEvent',
        contentType: 'hosted/file',
        message: file,
      });
      const records = at(await recordOf(id, ['messageRecords']), 'messageRecords') as unknown[];
      const [rich, hosted] = ['RICH_CONTENT', 'HOSTED_FILE'].map((type) =>
        records.find((record) => at(record, 'type') === type),
      );

      expect(at(rich, 'messageData')).toEqual({
        richContent: { content: JSON.stringify(content) },
        quickReplies: { content: JSON.stringify(quickReplies) },
      });
      expect(at(hosted, 'messageData')).toEqual({ file });
    });

    it('has the metadata of a message as its context (§9.2, §12.5)', async () => {
      const id = await cloud.caller.opened(consumer);
      const metadata = [
        {
          type: 'BotResponse',
          externalConversationId: 'e1',
          businessCases: ['orders'],
          intents: [{ id: 'i' }],
        },
        { type: 'ActionReason', reason: 'because', reasonId: '7' },
        { type: 'ExternalId', id: 'x' },
      ];
      const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'Hi' };
      await cloud.caller.send(consumer, publishing(id, event, { metadata }));

      expect(at(await recordOf(id), 'messageRecords', 0, 'contextData')).toEqual({
        rawMetadata: JSON.stringify(metadata),
        structuredMetadata: [
          {
            botResponse: { externalConversationId: 'e1', businessCases: ['orders'], intents: [{ id: 'i' }] },
          },
          { actionReason: { reason: 'because' } },
        ],
      });
    });

    it('tells who took part (§9.2)', async () => {
      const id = await talk();
      const record = await recordOf(id);

      expect(at(record, 'agentParticipants', 0)).toEqual(
        jasmine.objectContaining({
          agentId: jasmine.stringMatching(NUMERIC),
          agentNickname: jasmine.stringMatching(/./),
          userType: '1',
          userTypeName: 'Human',
          role: 'AGENT',
          permission: 'ASSIGNED_AGENT',
          dialogId: id,
        }),
      );
      expect(at(record, 'agentParticipantsActive')).toHaveSize(1);
      expect(at(record, 'agentParticipantsLeave')).toEqual([]);
      expect(at(record, 'interactions')).toEqual([
        jasmine.objectContaining({
          assignedAgentId: jasmine.stringMatching(NUMERIC),
          interactiveSequence: 1,
          dialogId: id,
        }),
      ]);
      expect(at(record, 'consumerParticipants')).toEqual([
        jasmine.objectContaining({
          participantId: consumer.id,
          firstName: 'Ada',
          consumerName: 'Ada',
          dialogId: id,
        }),
      ]);
      expect(at(record, 'transfers')).toEqual([]);
    });

    it('tells dialogs, response time, campaign and rating when they are asked for (§9.1)', async () => {
      const campaignInfo = { campaignId: 2894629312, engagementId: '2894629412' };
      const id = await cloud.caller.opened(consumer, { request: { campaignInfo, skillId: '1001' } });
      await cloud.caller.send(consumer, closing(id));
      const rating = { field: 'CSATRate', csatRate: 4, csatResolutionConfirmation: true, status: 'FILLED' };
      await cloud.caller.send(consumer, updating(id, rating));
      const record = await recordOf(id, [
        'dialogs',
        'responseTime',
        'campaign',
        'conversationSurveys',
        'sdes',
      ]);

      expect(at(record, 'dialogs', 0)).toEqual(
        jasmine.objectContaining({
          dialogId: id,
          dialogType: 'MAIN',
          status: 'CLOSE',
          closeReason: 'CONSUMER',
          skillId: 1001,
          skillName: 'Orders',
          dialogChannelType: 'MESSAGING',
        }),
      );
      expect(at(record, 'responseTime')).toEqual({
        latestEffectiveResponseDueTime: -1,
        configuredResponseTime: 600_000,
      });
      expect(at(record, 'campaign')).toEqual(
        jasmine.objectContaining({
          campaignId: '2894629312',
          campaignName: 'Everyday questions',
          campaignEngagementId: '2894629412',
          campaignEngagementName: 'Ask us',
          engagementSource: 'WEB_SITE',
        }),
      );
      expect(at(record, 'info', 'csatRate')).toBe(4);
      expect(at(record, 'conversationSurveys', 0, 'surveyData')).toContain({
        question: 'Confirm Resolution',
        answer: 'Yes',
      });
      expect(at(record, 'sdes')).toEqual({ events: [] });
    });

    for (const [what, request, names] of [
      [
        'of each campaign that the account has',
        { campaignInfo: { campaignId: '2894629313', engagementId: '2894629414' }, skillId: '1003' },
        ['Spring sale', 'Where is my parcel?', 'Technical support'],
      ],
      [
        'that say the number where the account does not know it',
        { campaignInfo: { campaignId: '7', engagementId: '8' }, skillId: '9' },
        ['Campaign 7', 'Engagement 8', 'Skill 9'],
      ],
    ] as const) {
      it(`has names ${what} (§9.2)`, async () => {
        const id = await cloud.caller.opened(consumer, { request });
        const record = await recordOf(id, ['campaign']);

        expect([
          at(record, 'campaign', 'campaignName'),
          at(record, 'campaign', 'campaignEngagementName'),
          at(record, 'info', 'latestSkillName'),
        ]).toEqual([...names]);
      });
    }

    it('has the names of both skills of a transfer (§9.2)', async () => {
      const id = await cloud.caller.opened(consumer, { request: { skillId: '1001' } });
      const path = `/emulator/control/accounts/demo/conversations/${id}`;
      await cloud.caller.post(`${path}/say`, { text: 'One moment', agent: 'maria' });
      await cloud.caller.post(`${path}/transfer`, { skillId: '1002' });
      const record = await recordOf(id, ['transfers']);

      expect(at(record, 'transfers', 0)).toEqual(
        jasmine.objectContaining({ sourceSkillName: 'Orders', targetSkillName: 'Billing' }),
      );
    });

    it('tells the attributes that the connector gave of the consumer (§6.2.1, §9.1)', async () => {
      const info = { customerId: '138766AC', ctype: 'vip' };
      const personal = { firstname: 'John' };
      const lp_sdes = [{ type: 'ctmrinfo', info }, { type: 'personal', personal }, { type: 'other' }];
      const privateData = { mail: 'ada@example.com', mobileNum: '123' };
      const body = { firstName: 'Ada', lastName: 'L', privateData, authenticatedData: { lp_sdes } };
      const id = await cloud.caller.opened(consumer);
      await cloud.caller.send(consumer, { kind: 'req', id: '9', type: 'userprofile.SetUserProfile', body });
      const record = await recordOf(id, ['sdes', 'consumerParticipants']);

      expect(at(record, 'sdes', 'events')).toEqual([
        jasmine.objectContaining({
          sdeType: 'CUSTOMER_INFO',
          customerInfo: jasmine.objectContaining({ customerInfo: info }),
        }),
        jasmine.objectContaining({
          sdeType: 'PERSONAL_INFO',
          personalInfo: jasmine.objectContaining({ personalInfo: personal }),
        }),
      ]);
      expect(at(record, 'consumerParticipants', 0)).toEqual(
        jasmine.objectContaining({ lastName: 'L', email: 'ada@example.com', phone: '123' }),
      );
    });

    it('is an empty list for an id that is not known, a foreign account’s included (§9.1)', async () => {
      const id = await cloud.caller.opened(consumer);
      const unknown = await ask(BY_ID, { conversationId: 'no-such-id' });
      const path = `/messaging_history/api/account/demo2/${BY_ID}`;
      const login = await cloud.caller.post('/api/account/demo2/login', {
        username: 'admin',
        password: 'demo-admin',
      });
      const foreign = await cloud.caller.post(
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
      const other = await cloud.caller.consumer('bo');
      const ids = [await cloud.caller.opened(consumer), await cloud.caller.opened(other)];
      const answer = await ask(BY_ID, { conversationIds: [...ids, ids[0], 'unknown'] });

      expect(idsIn(answer).toSorted()).toEqual(ids.toSorted());
    });
  });

  describe('of a span of time', () => {
    const around = (more: object = {}): object => ({
      start: { from: clock.now() - MINUTE_MS, to: clock.now() + MINUTE_MS },
      ...more,
    });
    /** Three conversations, an hour apart; the last one is open. */
    async function three(): Promise<readonly string[]> {
      const ids: string[] = [];
      for (const isLast of [false, false, true]) {
        const id = await cloud.caller.opened(consumer);
        ids.push(id);
        if (isLast) break;
        await cloud.caller.send(consumer, updating(id, CLOSE));
        clock.forward(60 * MINUTE_MS);
        consumer = await cloud.caller.consumer();
      }
      bearer = await cloud.caller.bearer();
      return ids;
    }
    const all = (): object => ({ start: { from: clock.now() - 300 * MINUTE_MS, to: -1 } });

    it('holds what started in it, in full ten minutes (§9.1)', async () => {
      const ids = await three();
      const now = clock.now();

      expect(idsIn(await ask(SEARCH, all()))).toEqual([ids[2], ids[1], ids[0]]);
      const early = { start: { from: now - 200 * MINUTE_MS, to: String(now - 90 * MINUTE_MS) } };
      expect(idsIn(await ask(SEARCH, early))).toEqual([ids[0]]);
      const startedAt = Number(at(await recordOf(ids[2] ?? ''), 'info', 'startTimeL'));
      const sameTenMinutes = { start: { from: startedAt + 1, to: startedAt + 1 } };
      expect(idsIn(await ask(SEARCH, sameTenMinutes))).toEqual([ids[2]]);
    });

    it('comes in pages, with the number of all and the way to the next and the last one (§9.1)', async () => {
      const ids = await three();
      const page = await ask(SEARCH, all(), 'limit=1&offset=1&sort=start:asc');

      expect(idsIn(page)).toEqual([ids[1]]);
      expect(page.at('_metadata', 'count')).toBe(3);
      expect(page.textAt('_metadata', 'next', 'href')).toContain('limit=1&offset=2');
      expect(page.textAt('_metadata', 'prev', 'href')).toContain('limit=1&offset=0');
      expect(idsIn(await ask(SEARCH, all(), 'offset=3'))).toEqual([]);
    });

    it('is sorted by start or end, up or down; what is open ends last (§9.1)', async () => {
      const [one, two, three_] = await three();

      expect(idsIn(await ask(SEARCH, all(), 'sort=start:asc'))).toEqual([one, two, three_]);
      expect(idsIn(await ask(SEARCH, all(), 'sort=end:desc'))).toEqual([three_, two, one]);
      expect(idsIn(await ask(SEARCH, all(), 'sort=end'))).toEqual([one, two, three_]);
    });

    it('holds fifty at most unless more are asked for (§9.1)', async () => {
      for (let count = 0; count < 51; count += 1) {
        const id = await cloud.caller.opened(consumer);
        await cloud.caller.send(consumer, closing(id));
      }

      expect(idsIn(await ask(SEARCH, around()))).toHaveSize(50);
      expect(idsIn(await ask(SEARCH, around(), 'limit=100'))).toHaveSize(51);
    });

    it('is narrowed by each filter (§9.1)', async () => {
      const talked = await talk();
      const agentId = String(at(await recordOf(talked), 'info', 'latestAgentId'));
      const other = await cloud.caller.consumer('bo');
      const quiet = await cloud.caller.opened(other, { request: { skillId: '12' } });
      await cloud.caller.send(other, closing(quiet));
      await cloud.caller.send(other, updating(quiet, { field: 'CSATRate', csatRate: 2, status: 'FILLED' }));

      const rows: readonly (readonly [object, readonly string[]])[] = [
        [{}, [quiet, talked]],
        [{ status: ['CLOSE'] }, [quiet]],
        [{ status: ['OPEN'] }, [talked]],
        [{ status: ['OPEN', 'CLOSE'] }, [quiet, talked]],
        [{ skillIds: ['12'] }, [quiet]],
        [{ latestSkillIds: [-1] }, [talked]],
        [{ agentIds: [Number(agentId)] }, [talked]],
        [{ latestAgentIds: [agentId] }, [talked]],
        [{ latestAgentIds: ['1'] }, []],
        [{ agentGroupIds: ['-1'] }, [talked]],
        [{ keyword: 'josé' }, [talked]],
        [{ keyword: '"hello josé"' }, [talked]],
        [{ keyword: '"josé hello"' }, []],
        [{ duration: { from: 3600 } }, []],
        [{ duration: { from: 0, to: 3600 } }, [quiet, talked]],
        [{ csat: { from: 1, to: 2 } }, [quiet]],
        [{ csat: { from: 3 } }, []],
        [{ source: ['APP'] }, [quiet, talked]],
        [{ source: ['FACEBOOK'] }, []],
        [{ device: ['NA'] }, [quiet, talked]],
        [{ messageContentTypes: ['TEXT_PLAIN'] }, [talked]],
        [{ messageContentTypes: ['HOSTED_FILE'] }, []],
        [{ latestConversationQueueState: 'ACTIVE' }, [talked]],
        [{ latestConversationQueueState: 'IN_QUEUE' }, [quiet]],
        [{ end: { from: clock.now() - MINUTE_MS, to: clock.now() } }, [quiet]],
        [{ end: { to: clock.now() - 30 * MINUTE_MS } }, []],
        [{ latestUpdateTime: { from: clock.now() - MINUTE_MS } }, [quiet, talked]],
        [{ latestUpdateTime: { from: clock.now() + 30 * MINUTE_MS } }, []],
      ];
      for (const [filter, expected] of rows) {
        const answer = await ask(SEARCH, around(filter));
        expect(answer.status)
          .withContext(`${JSON.stringify(filter)} ${answer.text}`)
          .toBe(200);
        expect(idsIn(answer).toSorted())
          .withContext(JSON.stringify(filter))
          .toEqual([...expected].toSorted());
      }
    });

    for (const filter of ['summary', 'mcs', 'alertedMcsValues', 'sdeSearch', 'responseTime']) {
      it(`says that the filter ${filter} is not modelled, instead of ignoring it`, async () => {
        const answer = await ask(SEARCH, around({ [filter]: {} }));

        expect(answer.status).toBe(501);
        expect(answer.textAt('error', 'missing')).toContain(filter);
      });
    }
  });

  describe('of a consumer', () => {
    it('holds that consumer’s conversations, of the status asked for (§9.1)', async () => {
      const closed = await cloud.caller.opened(consumer);
      await cloud.caller.send(consumer, closing(closed));
      const opened = await cloud.caller.opened(consumer);
      await cloud.caller.opened(await cloud.caller.consumer('bo'));

      const search = async (body: object): Promise<unknown[]> =>
        idsIn(await ask(BY_CONSUMER, { consumer: consumer.id, ...body }, 'sort=start:asc'));
      expect((await search({ status: ['OPEN', 'CLOSE'] })).toSorted()).toEqual([closed, opened].toSorted());
      expect(await search({ status: ['OPEN'] })).toEqual([opened]);
      expect(await search({ status: ['CLOSE'] })).toEqual([closed]);
      expect(idsIn(await ask(BY_CONSUMER, { consumer: 'nobody', status: ['OPEN'] }))).toEqual([]);
    });
  });

  describe('is refused', () => {
    const bodies: readonly (readonly [string, string, unknown])[] = [
      ['no conversation', BY_ID, {}],
      ['a conversation that is no text', BY_ID, { conversationId: 7 }],
      ['a hundred and one conversations', BY_ID, { conversationIds: Array.from({ length: 101 }, String) }],
      ['no list of sections', BY_ID, { conversationId: 'x', contentToRetrieve: 'messageRecords' }],
      ['a list', BY_ID, []],
      ['no JSON', BY_ID, '{"conversationId":'],
      ['no span', SEARCH, {}],
      ['a span without its start', SEARCH, { start: { to: 1 } }],
      ['a span of more than three months', SEARCH, { start: { from: 0, to: 8_035_200_000 } }],
      ['a span that never ends', SEARCH, { start: { from: 0, to: -1 } }],
      ['a span that is no number', SEARCH, { start: { from: 'yesterday', to: 1 } }],
      ['a status that does not exist', SEARCH, { start: { from: 0, to: 1 }, status: ['DONE'] }],
      ['a duration without bounds', SEARCH, { start: { from: 0, to: 1 }, duration: {} }],
      ['no consumer', BY_CONSUMER, { status: ['OPEN'] }],
      ['a status that is no list', BY_CONSUMER, { consumer: 'x', status: 'OPEN' }],
    ];
    for (const [what, path, body] of bodies) {
      it(`with 400 for ${what} (§9.1)`, async () => {
        const path_ = `/messaging_history${cloud.caller.path(`/${path}`)}`;
        const answer = await cloud.caller.post(path_, body, {
          ...bearer,
          'content-type': 'application/json',
        });

        expect(answer.status).toBe(400);
        expect(answer.at('error', 'responseStatus')).toBe('BAD_REQUEST');
      });
    }

    for (const query of [
      'v=3',
      'limit=0',
      'limit=101',
      'limit=many',
      'offset=-1',
      'sort=name',
      `source=${'x'.repeat(21)}`,
    ]) {
      it(`with 400 for ?${query} (§9.1)`, async () => {
        expect((await ask(BY_ID, { conversationId: 'x' }, query)).status).toBe(400);
      });
    }

    it('with 415 for another content type', async () => {
      const path = `/messaging_history${cloud.caller.path(`/${BY_ID}`)}`;
      const answer = await cloud.caller.post(path, 'x=1', { ...bearer, 'content-type': 'text/plain' });

      expect(answer.status).toBe(415);
    });

    for (const path of [BY_ID, SEARCH, BY_CONSUMER]) {
      it(`with 401 without a living bearer token, for ${path} (§9.1)`, async () => {
        const full = `/messaging_history${cloud.caller.path(`/${path}`)}`;
        const foreign = await cloud.caller.appToken();
        for (const headers of [
          {},
          { authorization: 'Bearer nonsense' },
          { authorization: `Bearer ${foreign}` },
        ]) {
          expect((await cloud.caller.post(full, { conversationId: 'x' }, headers)).status).toBe(401);
        }
        clock.forward(9 * 60 * MINUTE_MS);
        expect((await cloud.caller.post(full, { conversationId: 'x' }, bearer)).status).toBe(401);
      });
    }

    it('with 404 for an unknown account', async () => {
      const answer = await cloud.caller.post(`/messaging_history/api/account/64467156/${BY_ID}`, {}, bearer);

      expect(answer.status).toBe(404);
    });

    it('to nobody who may sign in: an agent may read it too', async () => {
      bearer = await cloud.caller.bearer(DEMO_AGENT);

      expect((await ask(BY_ID, { conversationId: 'x' })).status).toBe(200);
    });
  });
});
