import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { withEntries } from './apply-entries';
import { NO_FACTS } from './conversation-facts';
import { toState } from './conversation-state';
import { summarise } from './conversation-summary';

function summaryOf(log: LogWriter) {
  const facts = withEntries(NO_FACTS, log.entries);
  const { lastLine, isCut } = summarise(toState(CONVERSATION, facts), facts, () => true);
  return { lastLine, isCut };
}

describe('the last line of a conversation in the list', () => {
  it('is what was written last, whoever has read it', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 1).agentSays(2, 'Hello');

    expect(summaryOf(log.ownReceipt('READ', [2]))).toEqual({ lastLine: 'Hello', isCut: false });
  });

  it('is no older message where the consumer has told of one that only the history has', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 1).ownReceipt('READ', [2]);

    expect(summaryOf(log)).toEqual({ lastLine: '', isCut: true });
  });

  it('is what was written after it', () => {
    const log = new LogWriter().opened().ownReceipt('READ', [2]).submitted('m1', 'Hi').sent('m1', 5);

    expect(summaryOf(log)).toEqual({ lastLine: 'Hi', isCut: false });
  });
});
