import { at } from '../testing/answer.ts';
import { historyBench } from '../testing/history-bench.ts';
import { publishing } from '../testing/requests.ts';

const NUMERIC = /^\d{10}$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000$/;

describe('Messages in the history (§9.2)', () => {
  const bench = historyBench();
  const { recordOf, talk } = bench;

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
});
