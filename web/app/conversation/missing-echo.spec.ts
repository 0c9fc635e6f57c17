import { CONVERSATION, LogWriter, SURVEY } from '../testing/log-entries';
import { replay } from './conversation-state';
import type { Message } from './message';
import { missingEchoOf } from './missing-echo';

describe('what tells of a message whose notification is missing', () => {
  const of = (log: LogWriter, change: (message: Message) => Message = (message) => message) => {
    const messages = replay(CONVERSATION, log.entries).messages.map(change);
    const own = messages.find(({ id }) => id === 'm1');
    if (own === undefined) throw new Error('no message of its own');
    return missingEchoOf(own, messages);
  };
  const sent = () => new LogWriter().opened().agentSays(0, 'Hello').submitted('m1', 'Hi').sent('m1', 1);

  it('is nothing while nobody has reacted to it, whatever came before', () => {
    expect(of(sent())).toBe('unknown');
  });

  it('is a receipt for it, and none for another', () => {
    expect(of(sent().agentReceipt('ACCEPT', [1]))).toBe('delivered');
    expect(of(sent().agentReceipt('READ', [1]))).toBe('delivered');
    expect(of(sent().agentReceipt('READ', [0]))).toBe('unknown');
  });

  it('is an answer of the agent that a webhook brought', () => {
    expect(of(sent().agentSays(2, 'Good'))).toBe('delivered');
    expect(of(sent().agentSays(2, 'Good'), (message) => ({ ...message, isFromHistory: true }))).toBe(
      'unknown',
    );
  });

  it('is nothing that the consumer, the system or a survey says', () => {
    expect(of(sent().echo(2, 'Anybody?'))).toBe('unknown');
    expect(of(sent().agentSays(2, 'Please wait', { role: 'CONTROLLER' }))).toBe('unknown');
    expect(of(sent().agentSays(2, 'How was it?', { dialogId: SURVEY, role: 'AGENT' }))).toBe('unknown');
  });
});
