import { asConversationId } from '#protocol/identifiers';

import { buildExchange } from '../testing/build-exchange';
import {
  CONVERSATION,
  LogWriter,
  MAIN,
  SURVEY,
  buildMessage,
  buildNotification,
} from '../testing/log-entries';
import { OVERTAKEN_MS, gapItems, missingOf, nextDueAt, withGapRows } from './missing-sequences';
import { withSequences } from './sequence-book';

const LONG_AFTER = Number.MAX_SAFE_INTEGER;

function read(log: LogWriter, { now = LONG_AFTER, known = [] as readonly number[] } = {}) {
  const book = withSequences(new Map(), log.entries);
  const recorded = known.map((sequence) => ({ dialogId: MAIN, sequence }));
  const missing = missingOf(book, CONVERSATION, { known: recorded, now });
  return { book, missing, gaps: gapItems(book, CONVERSATION, missing) };
}

const sequencesIn = (log: LogWriter, more = {}): readonly string[] =>
  read(log, more).missing.map(({ sequences }) => sequences);

/** An agent’s messages with these sequences, in this order; accept statuses come, too. */
function heard(...sequences: readonly number[]): LogWriter {
  const log = new LogWriter();
  log.notification(buildMessage({ sequence: 0, event: { type: 'AcceptStatusEvent', status: 'ACCEPT' } }));
  for (const sequence of sequences) log.agentSays(sequence, `message ${sequence}`);
  return log;
}

describe('sequences that did not come', () => {
  it('are named, in ranges, and nothing is where all came', () => {
    expect(sequencesIn(heard(1, 2, 3))).toEqual([]);
    expect(sequencesIn(heard(1, 3, 7, 10))).toEqual(['2, 4–6, 8, 9']);
  });

  it('are here however often and in whatever order they came', () => {
    expect(sequencesIn(heard(4, 2, 2, 4, 1, 3, 1))).toEqual([]);
    expect(sequencesIn(heard(6, 1, 3, 3, 6, 5))).toEqual(['2, 4']);
  });

  it('are the same ones in whatever order the others came', () => {
    const orders = [heard(1, 2, 5, 7, 9), heard(9, 7, 5, 2, 1), heard(5, 9, 1, 7, 2), heard(7, 1, 9, 2, 5)];

    expect(new Set(orders.map((log) => sequencesIn(log)[0]))).toEqual(new Set(['3, 4, 6, 8']));
  });

  it('are told of after the time in which webhooks overtake each other, and gone when they come late', () => {
    const log = heard(1, 3);
    const revealedAt = log.entries.at(-1)!.at;

    expect(sequencesIn(log, { now: revealedAt + OVERTAKEN_MS - 1 })).toEqual([]);
    expect(nextDueAt(read(log).book, CONVERSATION, revealedAt)).toBe(revealedAt + OVERTAKEN_MS);
    expect(sequencesIn(log, { now: revealedAt + OVERTAKEN_MS })).toEqual(['2']);
    expect(nextDueAt(read(log).book, CONVERSATION, revealedAt + OVERTAKEN_MS)).toBeNull();

    log.agentSays(2, 'late');
    expect(sequencesIn(log)).toEqual([]);
  });

  it('are here when the history has them, or the answer to a call', () => {
    expect(sequencesIn(heard(1, 3, 5), { known: [3, 4] })).toEqual(['2']);

    const log = heard(1, 4);
    log.sent('m1', 2);
    const response = { status: 200, headers: {}, body: { code: 'OK', body: { sequence: 3 } } };
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] };
    const body = { type: 'ms.PublishEvent', body: { dialogId: MAIN, event } };
    const exchange = buildExchange();
    log.add({ ...exchange, request: { ...exchange.request, body }, response });
    expect(sequencesIn(log)).toEqual([]);
  });

  it('count for each dialog and conversation, from the lowest that is here', () => {
    const log = heard(1, 2)
      .agentSays(7, 'survey', { dialogId: SURVEY })
      .agentSays(9, 'x', { dialogId: SURVEY });
    const other = { ...buildMessage({ sequence: 30, dialogId: 'other' }), conversationId: 'other' };
    log.add(buildNotification(other), asConversationId('other'));

    expect(read(log).missing.map(({ dialogId, sequences }) => [dialogId, sequences])).toEqual([
      [SURVEY, '8'],
    ]);
  });

  it('stay a single run however far a number jumps', () => {
    expect(sequencesIn(heard(1, Number.MAX_SAFE_INTEGER))).toEqual([`2–${Number.MAX_SAFE_INTEGER - 1}`]);
    expect(sequencesIn(heard(1, -5, 1.5, 2))).toEqual([]);
  });

  it('have a row each before the one that told of them', () => {
    const log = heard(1, 3, 4, 7);
    const { gaps } = read(log);

    expect(
      withGapRows(
        log.entries.map(({ sequence: id }) => ({ id, words: '' })),
        gaps,
      ).map(({ words }) => words),
    ).toEqual(['', '', 'sequence 2 has not come', '', '', 'sequences 5, 6 have not come', '']);
    expect(gaps.every(({ words, hint }) => !(words + hint).includes('lost'))).toBeTrue();
  });

  it('are told once where no accept status comes at all', () => {
    const log = new LogWriter().agentSays(0, 'a').agentSays(2, 'b').agentSays(5, 'c');

    expect(read(log).gaps.map(({ words, fields }) => [words, fields['sequence']])).toEqual([
      ['3 sequences are not here, perhaps because this app gets no accept statuses', '1, 3, 4'],
    ]);
  });
});
