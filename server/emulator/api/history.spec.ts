import { at } from '../testing/answer.ts';
import { BY_ID, MINUTE_MS, historyBench } from '../testing/history-bench.ts';
import { closing, publishing, updating } from '../testing/requests.ts';
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

describe('Messaging history (§9)', () => {
  const bench = historyBench();
  const { ask, recordOf, idsIn, talk } = bench;

  describe('of one conversation', () => {
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

    it('tells each message with number, time and sender, agents by their old ids (§9.2)', async () => {
      const id = await talk();
      const messages = at(await recordOf(id, ['messageRecords']), 'messageRecords') as unknown[];

      expect(messages[0]).toEqual({
        type: 'TEXT_PLAIN',
        messageData: { msg: { text: 'Hello José 👋' } },
        messageId: `ms::conv:${id}::msg:0`,
        seq: 0,
        dialogId: id,
        participantId: bench.consumer.id,
        source: 'APP',
        time: jasmine.stringMatching(TIME),
        timeL: jasmine.any(Number),
        device: 'NA',
        sentBy: 'Consumer',
        audience: 'ALL',
      });
      const answered = messages.find((message) => at(message, 'sentBy') === 'Agent');
      expect(at(answered, 'participantId')).toMatch(NUMERIC);
      const told = bench.cloud.receiver.messages.find(({ sequence }) => sequence === at(answered, 'seq'));
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
      const id = await bench.cloud.caller.opened(bench.consumer);

      expect(at(await recordOf(id, ['messageStatuses']), 'messageStatuses')).toEqual([]);
    });

    it('has rich content and quick replies as JSON within a text (§9.2)', async () => {
      const id = await bench.cloud.caller.opened(bench.consumer);
      const content = { type: 'vertical', elements: [{ type: 'text', text: 'Hi “you”' }] };
      const quickReplies = { type: 'quickReplies', itemsPerRow: 8, replies: [] };
      await bench.cloud.caller.publish(bench.consumer, id, {
        type: 'RichContentEvent',
        content,
        quickReplies,
      });
      const file = {
        caption: 'cat.png',
        relativePath: '/v1/x',
        fileType: 'PNG',
        preview: 'data:image/png;base64,AA',
      };
      await bench.cloud.caller.publish(bench.consumer, id, {
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
      const id = await bench.cloud.caller.opened(bench.consumer);
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
      await bench.cloud.caller.send(bench.consumer, publishing(id, event, { metadata }));

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
          participantId: bench.consumer.id,
          firstName: 'Ada',
          consumerName: 'Ada',
          dialogId: id,
        }),
      ]);
      expect(at(record, 'transfers')).toEqual([]);
    });

    it('tells dialogs, response time, campaign and rating when they are asked for (§9.1)', async () => {
      const campaignInfo = { campaignId: 2894629312, engagementId: '2894629412' };
      const id = await bench.cloud.caller.opened(bench.consumer, {
        request: { campaignInfo, skillId: '1001' },
      });
      await bench.cloud.caller.send(bench.consumer, closing(id));
      const rating = { field: 'CSATRate', csatRate: 4, csatResolutionConfirmation: true, status: 'FILLED' };
      await bench.cloud.caller.send(bench.consumer, updating(id, rating));
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
        const id = await bench.cloud.caller.opened(bench.consumer, { request });
        const record = await recordOf(id, ['campaign']);

        expect([
          at(record, 'campaign', 'campaignName'),
          at(record, 'campaign', 'campaignEngagementName'),
          at(record, 'info', 'latestSkillName'),
        ]).toEqual([...names]);
      });
    }

    it('has the names of both skills of a transfer (§9.2)', async () => {
      const id = await bench.cloud.caller.opened(bench.consumer, { request: { skillId: '1001' } });
      const path = `/emulator/control/accounts/demo/conversations/${id}`;
      await bench.cloud.caller.post(`${path}/say`, { text: 'One moment', agent: 'maria' });
      await bench.cloud.caller.post(`${path}/transfer`, { skillId: '1002' });
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
      const id = await bench.cloud.caller.opened(bench.consumer);
      await bench.cloud.caller.send(bench.consumer, {
        kind: 'req',
        id: '9',
        type: 'userprofile.SetUserProfile',
        body,
      });
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
});
