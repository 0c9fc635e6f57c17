import type { Answer } from '../testing/answer.ts';
import { CONVERSATION_PATH } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { closing, opening, publishing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const CONVERSATION_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PROPERTIES = '{"type":".ClientProperties","features":["RICH_CONTENT","QUICK_REPLIES","MULTI_DIALOG"]}';

describe('Opening a conversation (§6.2)', () => {
  let cloud: TestCloud;
  let consumer: Consumer;
  beforeEach(async () => {
    cloud = await startTestCloud();
    consumer = await cloud.caller.consumer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    cloud.caller.post(cloud.caller.path(CONVERSATION_PATH), body, { ...consumer.headers, ...headers });
  const wanting = (request: Record<string, unknown>): Promise<Answer> =>
    cloud.caller.open(consumer, { request });

  it('answers each request in its order, with its id', async () => {
    const answer = await cloud.caller.open(consumer);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { code: 'OK', body: { msg: 'OK User Profile set successfully' }, reqId: '1,' },
      { code: 'OK', body: { conversationId: jasmine.stringMatching(CONVERSATION_ID) }, reqId: '2,' },
    ]);
  });

  it('takes the minimal body and the full one (§6.2.2)', async () => {
    const full = {
      ttrDefName: null,
      campaignInfo: { campaignId: 2894629312, engagementId: '2894629412' },
      conversationContext: {
        visitorId: '',
        sessionId: '',
        interactionContextId: 2,
        type: 'SharkContext',
        lang: 'en-US',
      },
      channelType: 'MESSAGING',
      skillId: -1,
    };
    expect((await wanting(full)).status).toBe(200);
    const other = await cloud.caller.consumer('second');
    const body = [
      { kind: 'req', id: '2', type: 'cm.ConsumerRequestConversation', body: { brandId: 'demo' } },
    ];
    const minimal = await cloud.caller.post(cloud.caller.path(CONVERSATION_PATH), body, other.headers);
    expect(minimal.status).toBe(200);
  });

  it('tells the connectors: open, the consumer alone, an answer due after the time to respond (§8.4.1)', async () => {
    const conversation = await cloud.caller.opened(consumer, {
      request: { skillId: '4711', ttrDefName: 'URGENT' },
    });

    const { headers, notification } = await cloud.receiver.waitForConversation(() => true);
    const participants = [{ id: consumer.id, role: 'CONSUMER' }];
    const { result } = cloud.receiver.conversations[0]!;
    const { startTs } = result.conversationDetails as { startTs: number };
    expect(headers['x-liveperson-account-id']).toBe('demo');
    expect(notification).toEqual({
      kind: 'notification',
      type: 'cqm.ExConversationChangeNotification',
      body: {
        changes: [
          {
            type: 'UPSERT',
            result: {
              convId: conversation,
              effectiveTTR: startTs + 300_000,
              conversationDetails: {
                skillId: '4711',
                participants,
                dialogs: [
                  {
                    dialogId: conversation,
                    participantsDetails: participants,
                    dialogType: 'MAIN',
                    channelType: 'MESSAGING',
                    state: 'OPEN',
                    creationTs: startTs,
                    metaDataLastUpdateTs: startTs,
                  },
                ],
                brandId: 'demo',
                state: 'OPEN',
                stage: 'OPEN',
                startTs,
                metaDataLastUpdateTs: startTs,
                ttr: { ttrType: 'URGENT', value: 300 },
              },
            },
          },
        ],
      },
    } as never);
  });

  it('is refused while the consumer has an open conversation, in the documented words', async () => {
    await cloud.caller.opened(consumer);

    const answer = await cloud.caller.open(consumer);

    expect(answer.status).toBe(400);
    expect(answer.at(0, 'code')).toBe('OK');
    expect(answer.at(1)).toEqual({
      code: 'BAD_REQUEST',
      body: {
        msg: `Consumer request conversation failed: User ${consumer.id} already has open conversation. Can't open another one.`,
      },
      reqId: '2,',
    });
  });

  it('is possible again after the close, and beside other consumers’ conversations (§11.2)', async () => {
    const first = await cloud.caller.opened(consumer);
    const other = await cloud.caller.opened(await cloud.caller.consumer('somebody-else'));
    await cloud.caller.send(consumer, closing(first));

    const second = await cloud.caller.opened(consumer);

    expect(new Set([first, second, other]).size).toBe(3);
  });

  it('without a brand answers 40001 (§6.6)', async () => {
    const answer = await wanting({ brandId: undefined });

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      kind: 'resp',
      reqId: '2,',
      code: 400,
      body: { title: 'Missing parameter', details: 'Brand Id is missing', errorCode: 40001 },
      type: '.ReqBody$ErrorResp',
    });
  });

  const refused: readonly (readonly [string, Record<string, unknown>])[] = [
    ['another account’s brand', { brandId: '64467156' }],
    ['a skill that is no number', { skillId: 'sales' }],
    ['a skill of eleven digits', { skillId: '12345678901' }],
    ['another channel', { channelType: 'CHAT' }],
    ['an unknown time to respond', { ttrDefName: 'SOON' }],
    ['half a campaign', { campaignInfo: { campaignId: '1' } }],
  ];
  for (const [what, request] of refused) {
    it(`is refused with ${what} (§6.2.2)`, async () => {
      const answer = await wanting(request);

      expect(answer.status).toBe(400);
      expect(answer.at(1)).toEqual({ code: 'BAD_REQUEST', body: { msg: 'Bad Request' }, reqId: '2,' });
    });
  }

  it('is refused for bodies that are no list of requests (§6.1)', async () => {
    for (const body of ['{', '{}', '[]', 'null', JSON.stringify(publishing('x', {}))]) {
      const answer = await post(body, { 'content-type': 'application/json' });
      expect(answer.status).withContext(body).toBe(400);
      expect(answer.at('code')).withContext(body).toBe('BAD_REQUEST');
    }
    const malformed = await post([1, { kind: 'req', id: '', type: 'x', body: {} }, opening('demo')[0]]);
    expect(malformed.status).toBe(400);
    expect([malformed.at(0, 'code'), malformed.at(1, 'code'), malformed.at(2, 'code')]).toEqual([
      'BAD_REQUEST',
      'BAD_REQUEST',
      'OK',
    ]);
  });

  it('is refused with an unknown request type (§6.1)', async () => {
    const unknown = await post([{ kind: 'req', id: '9', type: 'cm.Nonsense', body: {} }]);
    expect([unknown.status, unknown.at(0, 'reqId')]).toEqual([400, '9']);
  });

  it('may bring the first message along, as an old page allows: its dialog is the one just opened (§6.1)', async () => {
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'Hello' };
    const message = { kind: 'req', id: '3', type: 'ms.PublishEvent', body: { event } };

    const answer = await post([...opening('demo'), message]);

    expect(answer.at(2)).toEqual({ code: 'OK', body: { sequence: 0 }, reqId: '3' });
    await cloud.receiver.waitForMessage(() => true);
    expect(cloud.receiver.messages[0]?.dialogId).toBe(answer.at(1, 'body', 'conversationId') as never);
    const alone = await cloud.caller.consumer('alone');
    const lost = await cloud.caller.post(cloud.caller.path(CONVERSATION_PATH), [message], alone.headers);
    expect([lost.status, lost.at(0, 'code')]).toEqual([400, 'BAD_REQUEST']);
  });

  it('keeps campaign, skill, context with client properties, urgency and attributes (§6.2, §11.6)', async () => {
    const context = {
      type: 'SharkContext',
      visitorId: 'v',
      sessionId: 's',
      interactionContextId: '2',
      lang: 'de',
    };
    const conversation = await cloud.caller.opened(consumer, {
      request: {
        skillId: 1001,
        ttrDefName: 'NORMAL',
        campaignInfo: { campaignId: 99999, engagementId: '888888' },
        conversationContext: context,
      },
      headers: { 'client-properties': PROPERTIES },
    });

    const control = `/emulator/control/accounts/demo/conversations/${conversation}`;
    expect((await cloud.caller.call(control)).body).toEqual(
      jasmine.objectContaining({
        skillId: '1001',
        campaign: { campaignId: '99999', engagementId: '888888' },
        context: { ...context, clientProperties: JSON.parse(PROPERTIES) as unknown },
        features: ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'],
        ttr: { ttrType: 'NORMAL', value: 1200 },
      }),
    );
  });

  it('answers 50201 while the account’s configuration cannot be reached (§6.6)', async () => {
    cloud.emulator.settings.accountConfigurationDown = true;

    const answer = await cloud.caller.open(consumer);

    expect([answer.status, answer.body]).toEqual([
      502,
      {
        kind: 'resp',
        code: 502,
        body: {
          title: 'Unable to access resource',
          details: 'Failed to connect to AC for setting delay',
          errorCode: 50201,
        },
        type: '.ReqBody$ErrorResp',
      },
    ]);
    cloud.emulator.settings.accountConfigurationDown = false;
    expect((await cloud.caller.open(consumer)).status).toBe(200);
  });

  it('is refused with client properties that cannot be read (§6.1)', async () => {
    for (const properties of ['{', '[]', '{"type":".Other"}', '{"deviceFamily":"WATCH"}']) {
      const answer = await post(opening('demo'), { 'client-properties': properties });
      expect(answer.status).withContext(properties).toBe(400);
    }
    expect((await post(opening('demo'), { 'client-properties': PROPERTIES })).status).toBe(200);
  });
});
