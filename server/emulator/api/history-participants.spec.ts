import { at } from '../testing/answer.ts';
import { historyBench } from '../testing/history-bench.ts';
import { closing, updating } from '../testing/requests.ts';

const NUMERIC = /^\d{10}$/;

describe('Who took part, and what of, in the history (§9.2)', () => {
  const bench = historyBench();
  const { recordOf, talk } = bench;

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
    const record = await recordOf(id, ['dialogs', 'responseTime', 'campaign', 'conversationSurveys', 'sdes']);

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
});
