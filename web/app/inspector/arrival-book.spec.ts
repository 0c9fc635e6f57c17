import {
  APP,
  LogWriter,
  MAIN,
  OTHER_APP,
  START,
  buildMessage,
  buildNotification,
} from '../testing/log-entries';
import { ArrivalBook } from './arrival-book';

function marksOf(log: LogWriter): readonly string[] {
  const book = new ArrivalBook();
  return log.entries.map((entry) =>
    entry.kind === 'notification'
      ? book
          .marksOf(entry)
          .map(({ kind }) => kind)
          .join()
      : '',
  );
}

describe('ArrivalBook', () => {
  it('marks a webhook that came before as duplicate, one that was overtaken as late', () => {
    const log = new LogWriter().agentSays(1, 'b').agentSays(0, 'a').agentSays(1, 'b').agentSays(2, 'c');

    expect(marksOf(log)).toEqual(['', 'late', 'duplicate', '']);
  });

  it('counts sequences per dialog and leaves chat states alone', () => {
    const log = new LogWriter().agentSays(5, 'x').agentSays(0, 'q', { dialogId: 'survey' });
    log.agentState('COMPOSING').agentState('COMPOSING');

    expect(marksOf(log)).toEqual(['', '', '', '']);
  });

  it('counts each app for itself: what came for another is neither a duplicate nor overtakes', () => {
    const log = new LogWriter().forApp(OTHER_APP).agentSays(0, 'a').agentSays(1, 'b');
    log.forApp(APP).agentSays(0, 'a').agentSays(1, 'b').agentSays(1, 'b');

    expect(marksOf(log)).toEqual(['', '', '', '', 'duplicate']);
  });

  it('marks what took long from the cloud’s stamp to here', () => {
    const book = new ArrivalBook();
    const change = { ...buildMessage({ sequence: 3, dialogId: MAIN }), serverTimestamp: START };

    const [mark] = book.marksOf({ ...buildNotification(change), at: START + 42_000 });

    expect(mark?.words).toContain('42.0 s');
  });
});
