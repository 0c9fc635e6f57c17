import { CONVERSATION, LogWriter, SURVEY, buildMessage } from '../testing/log-entries';
import { withEntries } from './apply-entries';
import { NO_FACTS } from './conversation-facts';
import { dueReceipts } from './due-receipts';

const dueIn = (log: LogWriter, isSeen = false) =>
  dueReceipts(CONVERSATION, withEntries(NO_FACTS, log.entries), () => isSeen).map(
    ({ status, dialogId, sequenceList }) => `${status} ${dialogId} ${sequenceList.join()}`,
  );

describe('due receipts', () => {
  it('owe one ACCEPT for all that arrived', () => {
    expect(dueIn(new LogWriter().opened().agentSays(3, 'b').agentSays(1, 'a'))).toEqual(['ACCEPT c1 1,3']);
  });

  it('owe READ for what is seen, after the ACCEPT', () => {
    expect(dueIn(new LogWriter().opened().agentSays(1, 'a'), true)).toEqual(['ACCEPT c1 1', 'READ c1 1']);
  });

  it('owe nothing that was told before, by whichever page', () => {
    const log = new LogWriter().opened().agentSays(1, 'a').ownReceipt('ACCEPT', [1]);
    expect(dueIn(log)).toEqual([]);
    expect(dueIn(log, true)).toEqual(['READ c1 1']);
    expect(dueIn(log.ownReceipt('READ', [1]), true)).toEqual([]);
  });

  it('take the echo of an own receipt for told', () => {
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] };
    const log = new LogWriter()
      .opened()
      .agentSays(1, 'a')
      .notification(buildMessage({ sequence: 2, role: 'CONSUMER', event }));

    expect(dueIn(log, true)).toEqual([]);
  });

  it('owe nothing for own and for hidden messages', () => {
    const log = new LogWriter()
      .opened()
      .echo(0, 'mine')
      .agentSays(1, 'secret', { audience: 'AGENTS_AND_MANAGERS' });

    expect(dueIn(log, true)).toEqual([]);
  });

  it('owe nothing to a closed conversation or a closed dialog', () => {
    const log = new LogWriter()
      .opened()
      .agentSays(1, 'a')
      .conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    log.agentSays(0, 'How was it?', { dialogId: SURVEY, role: 'AGENT' });
    expect(dueIn(log)).toEqual([`ACCEPT ${SURVEY} 0`]);

    expect(dueIn(log.conversation({ state: 'CLOSE' }))).toEqual([]);
  });
});
