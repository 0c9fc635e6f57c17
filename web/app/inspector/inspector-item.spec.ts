import { buildExchange } from '../testing/build-exchange';
import { LogWriter } from '../testing/log-entries';
import { toItem, type InspectorItem } from './inspector-item';

const itemsOf = (log: LogWriter): InspectorItem[] =>
  log.entries.map((entry) => toItem(entry)).filter((item) => item !== null);

describe('inspector items', () => {
  it('say in one line what each kind of webhook brings', () => {
    const log = new LogWriter()
      .agentSays(3, 'Hello\nthere')
      .agentReceipt('READ', [1, 2])
      .agentState('COMPOSING');
    log.conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN', closeReason: 'CONSUMER' });
    log.agentSays(4, 'note', { audience: 'AGENTS_AND_MANAGERS' });
    log.notification({ odd: true }, 'new.Notification');

    expect(
      itemsOf(log).map((item) =>
        item.kind === 'webhook' ? `${item.type} ${item.role}: ${item.summary}` : '',
      ),
    ).toEqual([
      'ContentEvent ASSIGNED_AGENT: Hello there',
      'AcceptStatusEvent ASSIGNED_AGENT: READ 1, 2',
      'ChatStateEvent ASSIGNED_AGENT: COMPOSING',
      'ExConversationChange : CLOSE/OPEN · closed by CONSUMER · survey · CONSUMER, ASSIGNED_AGENT',
      'ContentEvent ASSIGNED_AGENT: for agents only: note',
      'new.Notification : of a form that is not known here',
    ]);
  });

  it('take a call without an answer and one with an error for failed', () => {
    const log = new LogWriter();
    log.add(buildExchange());
    log.add(buildExchange({ response: null, failure: 'timeout' }));
    log.add(buildExchange({ response: { status: 429, headers: {}, body: null } }));

    expect(itemsOf(log).map((item) => item.kind === 'request' && item.isFailed)).toEqual([false, true, true]);
  });
});
