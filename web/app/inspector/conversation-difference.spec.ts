import { LogWriter, OTHER_APP, buildConversation, type ConversationParts } from '../testing/log-entries';
import { LogReader } from './log-reader';

type Details = Readonly<Record<string, unknown>>;

/** What the rows of these states say, one after the other. */
function summariesOf(...states: readonly (ConversationParts & { readonly more?: Details })[]): string[] {
  const writer = new LogWriter();
  for (const { more, ...parts } of states) {
    const change = buildConversation(parts) as { result: { conversationDetails: Details } };
    change.result.conversationDetails = { ...change.result.conversationDetails, ...more };
    writer.notification({ ...change }, 'cqm.ExConversationChangeNotification');
  }
  const reader = new LogReader();
  return writer.entries.map((entry) => {
    const item = reader.read(entry);
    return item?.kind === 'webhook' ? item.summary : '';
  });
}

const people = (...agents: readonly string[]): Details => ({
  participants: [
    { id: 'consumer-1', role: 'CONSUMER' },
    ...agents.map((id) => ({ id, role: 'ASSIGNED_AGENT' })),
  ],
});

describe('what a state of a conversation says', () => {
  it('is who leaves and who joins, where agents hand a conversation over', () => {
    const [first, second] = ['d51ce914-97ad', '3f2a77b0-11cc'];

    expect(
      summariesOf(
        { more: people(first) },
        { more: people() },
        { more: people(second) },
        { more: people(first) },
      ),
    ).toEqual([
      'OPEN · CONSUMER, ASSIGNED_AGENT',
      'OPEN · left: ASSIGNED_AGENT d51ce914',
      'OPEN · joined: ASSIGNED_AGENT 3f2a77b0',
      'OPEN · left: ASSIGNED_AGENT 3f2a77b0 · joined: ASSIGNED_AGENT d51ce914',
    ]);
  });

  it('is the skill that takes over, and the state from the first to the last', () => {
    expect(
      summariesOf(
        {},
        { more: { skillId: '45' } },
        { state: 'CLOSE', stage: 'OPEN', survey: 'OPEN', closeReason: 'AGENT', more: { skillId: '45' } },
        { state: 'CLOSE', survey: 'CLOSE', closeReason: 'AGENT', more: { skillId: '45' } },
      ),
    ).toEqual([
      'OPEN · CONSUMER, ASSIGNED_AGENT',
      'OPEN · skill -1 → 45',
      'OPEN → CLOSE/OPEN · closed by AGENT · POST_SURVEY OPEN',
      'CLOSE/OPEN → CLOSE · POST_SURVEY OPEN → CLOSE',
    ]);
  });

  it('names any other member that differs, times last, and never reads like the row before', () => {
    expect(
      summariesOf(
        {},
        { more: { ttr: { ttrType: 'URGENT', value: 600 }, metaDataLastUpdateTs: 5 } },
        { more: { ttr: { ttrType: 'URGENT', value: 300 }, metaDataLastUpdateTs: 6 } },
        { more: { ttr: { ttrType: 'URGENT', value: 300 }, metaDataLastUpdateTs: 7 } },
        { more: { ttr: { ttrType: 'URGENT', value: 300 }, metaDataLastUpdateTs: 7 } },
      ).slice(1),
    ).toEqual([
      jasmine.stringMatching(
        /^OPEN · ttrType none → "URGENT" · value none → 600 · metaDataLastUpdateTs \d+ → 5$/,
      ),
      'OPEN · value 600 → 300 · metaDataLastUpdateTs 5 → 6',
      'OPEN · metaDataLastUpdateTs 6 → 7',
      'OPEN · nothing has changed',
    ]);
  });

  it('is compared with what the same app was told last of the same conversation', () => {
    const writer = new LogWriter().conversation().forApp(OTHER_APP).conversation();
    const reader = new LogReader();

    expect(
      writer.entries
        .map((entry) => reader.read(entry))
        .map((item) => item?.kind === 'webhook' && item.summary),
    ).toEqual(['OPEN · CONSUMER, ASSIGNED_AGENT', 'OPEN · CONSUMER, ASSIGNED_AGENT']);
  });
});
