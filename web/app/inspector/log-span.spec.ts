import { asConversationId } from '#protocol/identifiers';

import { buildExchange } from '../testing/build-exchange';
import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { LogReader } from './log-reader';
import { NOTHING, withItems } from './kept-items';
import { WHOLE_LOG, spanOf } from './log-span';

describe('the span of a conversation in the log', () => {
  const spanIn = (writer: LogWriter) =>
    spanOf(withItems(NOTHING, writer.entries, new LogReader()), CONVERSATION);
  const begun = () => {
    const writer = new LogWriter();
    writer.add(buildExchange(), null);
    return writer.agentSays(0, 'a').conversation();
  };

  it('is open to its end while the conversation is', () => {
    expect(spanIn(begun())).toEqual({ from: 2, to: WHOLE_LOG.to });
    // The main dialog is over, the survey is not.
    expect(spanIn(begun().conversation({ state: 'CLOSE', stage: 'OPEN' })).to).toBe(WHOLE_LOG.to);
  });

  it('ends with the last entry of a conversation that is over', () => {
    const writer = begun().conversation({ state: 'CLOSE' }).agentReceipt('READ', [0]);
    writer.add(buildExchange(), asConversationId('another'));
    writer.add(buildExchange(), null);

    expect(spanIn(writer)).toEqual({ from: 2, to: 5 });
  });

  it('holds nothing of a conversation that the log does not know', () => {
    expect(spanIn(new LogWriter()).from).toBe(WHOLE_LOG.to);
  });
});
