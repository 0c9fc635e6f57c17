import { randomUUID } from 'node:crypto';

import type { Answer } from '../testing/answer.ts';
import { SEND_PATH } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { CLOSE, closing, opening, publishing, updating } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const TEXT = { type: 'ContentEvent', contentType: 'text/plain', message: 'Hello from Consumer' };
const COMPOSING = { type: 'ChatStateEvent', chatState: 'COMPOSING' };
const READ = { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] };
const RICH = {
  type: 'RichContentEvent',
  content: { type: 'vertical', elements: [{ type: 'text', text: 'Hi' }] },
};
const fileWith = (more: object = {}): object => ({
  type: 'ContentEvent',
  contentType: 'hosted/file',
  message: {
    caption: 'cat.png',
    relativePath: '/v1/AUTH_async-images/demo/ade2_uuid_c9ac_04-06-2018_04-10-59-845.PNG',
    fileType: 'PNG',
    preview: 'data:image/png;base64,iVBORw0KGgo',
    ...more,
  },
});

describe('Sending (§6.3, §6.4)', () => {
  let cloud: TestCloud;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    cloud = await startTestCloud();
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const publish = (event: unknown): Promise<Answer> => cloud.caller.publish(consumer, conversation, event);
  const update = (field: unknown): Promise<Answer> =>
    cloud.caller.send(consumer, updating(conversation, field));
  const sendText = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    cloud.caller.post(cloud.caller.path(SEND_PATH), body, {
      'content-type': 'application/json',
      ...consumer.headers,
      ...headers,
    });
  const expectBadRequest = (answer: Answer, requestId = '3'): void => {
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ reqId: requestId, code: 'BAD_REQUEST', body: { msg: 'Bad Request' } });
  };

  it('answers a text with its sequence (§6.3.1)', async () => {
    const answer = await publish(TEXT);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ reqId: '3', code: 'OK', body: { sequence: 0 } });
  });

  it('counts messages and accept statuses, and answers 0 to chat states without counting (§11.4)', async () => {
    const sequences: unknown[] = [];
    for (const event of [TEXT, COMPOSING, READ, RICH, fileWith(), COMPOSING, TEXT]) {
      sequences.push((await publish(event)).at('body', 'sequence'));
    }

    expect(sequences).toEqual([0, 0, 1, 2, 3, 0, 4]);
  });

  it('tells the connectors each event as it was sent, with the number it was answered (§8.3)', async () => {
    const events = [TEXT, COMPOSING, READ, RICH, fileWith()];
    for (const event of events) await publish(event);
    await cloud.receiver.waitForMessage(({ sequence }) => sequence === 3);

    const { messages } = cloud.receiver;
    expect(messages.map(({ event }) => event)).toEqual(events as never);
    expect(messages.map(({ sequence }) => sequence)).toEqual([0, undefined, 1, 2, 3]);
    expect(messages[0]).toEqual({
      sequence: 0,
      originatorId: consumer.id,
      originatorMetadata: { id: consumer.id, role: 'CONSUMER' },
      serverTimestamp: jasmine.any(Number),
      event: TEXT,
      conversationId: conversation,
      dialogId: conversation,
      messageAudience: 'ALL',
    } as never);
    expect(Object.keys(messages[1]!)).toEqual([
      'originatorId',
      'originatorMetadata',
      'event',
      'conversationId',
      'dialogId',
    ]);
  });

  it('passes metadata and audience on (§6.1, §6.3)', async () => {
    const metadata = [{ type: 'ExternalId', id: 'Yes-1234' }];
    const body = { dialogId: conversation, event: TEXT, messageAudience: 'AGENTS_AND_MANAGERS' };
    await cloud.caller.send(consumer, { ...publishing(conversation, TEXT, { metadata }), body });

    await cloud.receiver.waitForMessage(() => true);
    expect(cloud.receiver.messages[0]).toEqual(
      jasmine.objectContaining({ metadata, messageAudience: 'AGENTS_AND_MANAGERS' }) as never,
    );
  });

  it('needs the conversation’s id only in dialogs of another id (§6.3)', async () => {
    const body = { dialogId: conversation, event: TEXT };

    expect((await cloud.caller.send(consumer, { ...publishing('', TEXT), body })).status).toBe(200);
  });

  const malformed: readonly (readonly [string, unknown])[] = [
    ['no event', undefined],
    ['an unknown event', { type: 'Nonsense' }],
    ['a text that is none', { ...TEXT, message: { text: 'x' } }],
    ['an empty text', { ...TEXT, message: '' }],
    ['an unknown chat state', { ...COMPOSING, chatState: 'DANCING' }],
    ['an unknown status', { ...READ, status: 'SEEN' }],
    ['no sequences', { ...READ, sequenceList: [] }],
    ['sequences that are no numbers', { ...READ, sequenceList: ['0'] }],
    ['a negative sequence', { ...READ, sequenceList: [-1] }],
    ['a file without its path', fileWith({ relativePath: undefined })],
    ['a file of another type', fileWith({ fileType: 'EXE' })],
    ['a preview beyond 30 KB', fileWith({ preview: 'x'.repeat(41_001) })],
    ['rich content that is none', { ...RICH, content: 'card' }],
    ['content of a type that is no media type', { ...TEXT, contentType: 'HostedFile' }],
    [
      'content of another type without content',
      { ...TEXT, contentType: 'forms/secure-submission', message: '' },
    ],
    ['a text of the type of a file', { ...TEXT, contentType: 'hosted/file' }],
    ['quick replies that are none', { ...TEXT, quickReplies: { type: 'replies', replies: [] } }],
  ];
  for (const [what, event] of malformed) {
    it(`refuses ${what} and tells nobody (§6.6)`, async () => {
      expectBadRequest(await publish(event));

      await publish(TEXT);
      await cloud.receiver.waitForMessage(() => true);
      expect(cloud.receiver.messages.map(({ sequence }) => sequence)).toEqual([0]);
    });
  }

  it('passes on content of types that no page spells out, as it is (§8.4.6)', async () => {
    const others = [
      { ...TEXT, contentType: 'forms/secure-submission', message: { submissionId: 'a', invitationId: 'b' } },
      { ...TEXT, contentType: 'external/file', message: 'https://files.example.com/1' },
    ];
    for (const event of others) expect((await publish(event)).status).toBe(200);

    await cloud.receiver.waitForMessage(({ sequence }) => sequence === 1);
    expect(cloud.receiver.messages.map(({ event }) => event)).toEqual(others as never);
  });

  it('takes the statuses of newer clients (§6.3.5)', async () => {
    for (const status of ['ACCEPT', 'READ', 'ACCESS', 'NACK', 'ACTION', 'ENRICH', 'VIEWED'])
      expect((await publish({ ...READ, status })).status)
        .withContext(status)
        .toBe(200);
  });

  it('refuses requests of more than 5000 characters, files apart (§6.6, §14.1 #20)', async () => {
    const request = (message: string): string =>
      JSON.stringify(publishing(conversation, { ...TEXT, message }));
    const room = 5000 - request('').length;

    expect((await sendText(request('x'.repeat(room)))).status).toBe(200);
    expectBadRequest(await sendText(request('x'.repeat(room + 1))));
    expect((await sendText(request('é'.repeat(room)))).status).toBe(200);
    expect((await publish(fileWith({ preview: 'x'.repeat(30_000) }))).status).toBe(200);
  });

  it('refuses unknown conversations, dialogs and other consumers’ (§14.2 #8)', async () => {
    const other = await cloud.caller.consumer('somebody-else');
    const body = { dialogId: randomUUID(), conversationId: conversation, event: TEXT };

    expectBadRequest(await cloud.caller.publish(consumer, randomUUID(), TEXT));
    expectBadRequest(await cloud.caller.publish(other, conversation, TEXT));
    expectBadRequest(await cloud.caller.send(consumer, { ...publishing('', TEXT), body }));
    expectBadRequest(await cloud.caller.send(other, closing(conversation)), '4');
    expectBadRequest(await cloud.caller.send(consumer, closing(randomUUID())), '4');
  });

  it('refuses what is no request (§6.1)', async () => {
    expect((await sendText('{')).body).toEqual({ code: 'BAD_REQUEST', body: { msg: 'Bad Request' } });
    expect((await sendText(JSON.stringify([publishing(conversation, TEXT)]))).status).toBe(400);
    expectBadRequest(await cloud.caller.send(consumer, { ...publishing(conversation, TEXT), kind: 'res' }));
    expectBadRequest(
      await cloud.caller.send(consumer, { ...publishing(conversation, TEXT), type: 'ms.Nonsense' }),
    );
    expectBadRequest(await cloud.caller.send(consumer, { ...publishing(conversation, TEXT), body: null }));
    expectBadRequest(
      await cloud.caller.send(consumer, { ...publishing(conversation, TEXT), metadata: [[]] }),
    );
    expectBadRequest(await cloud.caller.send(consumer, { ...opening('demo')[0], body: [] }), '1,');
    expectBadRequest(await cloud.caller.send(consumer, opening('demo')[1]), '2,');
    const longId = { ...publishing(conversation, TEXT), id: 'x'.repeat(65) };
    expect((await cloud.caller.send(consumer, longId)).status).toBe(400);
    expect((await sendText('{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('sets the profile as opening does (§6.1)', async () => {
    const answer = await cloud.caller.send(consumer, opening('demo', { firstName: 'Grace' })[0]);

    expect(answer.body).toEqual({
      reqId: '1,',
      code: 'OK',
      body: { msg: 'OK User Profile set successfully' },
    });
  });

  const closes: readonly (readonly [string, unknown])[] = [
    ['ConversationStateField', CLOSE],
    ['a list of one field (§14.1 #14)', [CLOSE]],
    ['Stage', { field: 'Stage', conversationState: 'CLOSE' }],
  ];
  for (const [what, field] of closes) {
    it(`closes by ${what} (§6.4)`, async () => {
      const answer = await update(field);

      expect(answer.body).toEqual({
        reqId: '4',
        code: 'OK',
        body: { msg: 'OK Conversation resolved successfully' },
      });
      await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');
      const { effectiveTTR, conversationDetails } = cloud.receiver.conversations.at(-1)!.result;
      expect(effectiveTTR).toBe(-1);
      expect(conversationDetails).toEqual(
        jasmine.objectContaining({
          state: 'CLOSE',
          stage: 'CLOSE',
          closeReason: 'CONSUMER',
          endTs: jasmine.any(Number),
          dialogs: [
            jasmine.objectContaining({ state: 'CLOSE', closedBy: 'CONSUMER', endTs: jasmine.any(Number) }),
          ],
        }) as never,
      );
    });
  }

  it('closes the main dialog, and the conversation with it where no survey follows (§11.2)', async () => {
    const dialog = { dialogId: conversation, state: 'CLOSE', closedCause: 'Closed by consumer' };

    expect((await update({ field: 'DialogChange', type: 'UPDATE', dialog })).status).toBe(200);

    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');
    const { dialogs } = cloud.receiver.conversations.at(-1)!.result.conversationDetails;
    expect(dialogs?.[0]?.closedCause).toBe('Closed by consumer');
  });

  it('takes several fields at once (§6.4)', async () => {
    const dialog = { dialogId: conversation, state: 'CLOSE' };

    const answer = await update([
      { field: 'DialogChange', type: 'UPDATE', dialog },
      { field: 'Stage', conversationState: 'CLOSE' },
    ]);

    expect(answer.status).toBe(200);
  });

  it('refuses everything but the old rating once it is closed (§11.2, §14.2 #8)', async () => {
    await publish(TEXT);
    await update(CLOSE);

    for (const event of [TEXT, COMPOSING, READ]) expectBadRequest(await publish(event));
    expectBadRequest(await update(CLOSE), '4');
    const rated = await update({
      field: 'CSATRate',
      csatRate: 5,
      csatResolutionConfirmation: true,
      status: 'FILLED',
    });
    expect(rated.status).toBe(200);
    await cloud.receiver.waitForConversation(({ result }) => 'csat' in result.conversationDetails);
    expect(cloud.receiver.conversations.at(-1)?.result.conversationDetails['csat']).toEqual({
      csatRate: 5,
      csatResolutionConfirmation: true,
      status: 'FILLED',
    });
  });

  it('changes the urgency (§6.4)', async () => {
    const answer = await update({ field: 'TTRField', ttrType: 'URGENT', value: 60 });

    expect(answer.status).toBe(200);
    await cloud.receiver.waitForConversation(
      ({ result }) => result.conversationDetails.ttr?.ttrType === 'URGENT',
    );
  });

  it('refuses fields that are the agents’, unknown or incomplete (§6.4)', async () => {
    for (const field of [
      { field: 'Skill', type: 'UPDATE', skill: '1' },
      { field: 'ParticipantsChange', type: 'ADD', role: 'MANAGER' },
      { field: 'Nonsense' },
      { field: 'ConversationStateField', conversationState: 'OPEN' },
      { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: randomUUID(), state: 'CLOSE' } },
      { field: 'CSATRate', csatRate: 6, status: 'FILLED' },
      [],
    ]) {
      expectBadRequest(await update(field), '4');
    }
  });
});
