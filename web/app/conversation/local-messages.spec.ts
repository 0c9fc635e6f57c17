import { BRIDGE_UNREACHABLE } from '../bridge/bridge-failure';
import { CONVERSATION, LogWriter, MAIN, START } from '../testing/log-entries';
import { replay } from './conversation-state';
import {
  ANSWER_LIMIT_MS,
  ECHO_LIMIT_MS,
  isSettled,
  withLocalMessages,
  type LocalMessage,
} from './local-messages';

const NOW = START + 10_000;

const buildLocal = (parts: Partial<LocalMessage> = {}): LocalMessage => ({
  ...{ clientMessageId: 'm1', conversationId: CONVERSATION, dialogId: MAIN, metadata: null, at: NOW },
  ...{ content: { kind: 'text', text: 'Hi' }, isSending: true, failure: null },
  ...parts,
});

const messagesOf = (log: LogWriter) => replay(CONVERSATION, log.entries).messages;
const stateWith = (log: LogWriter, local: LocalMessage | null, now = NOW) =>
  withLocalMessages(messagesOf(log), local === null ? [] : [local], now).map(
    ({ delivery }) => delivery?.state,
  );

describe('local messages', () => {
  const unreachable = { problem: BRIDGE_UNREACHABLE, isAnswerMissing: true, isReplaced: false };

  it('show at once, at the end', () => {
    const shown = withLocalMessages(
      messagesOf(new LogWriter().opened().agentSays(0, 'Hello')),
      [buildLocal()],
      NOW,
    );

    expect(shown.map(({ id }) => id)).toEqual(['c1/0', 'm1']);
    expect(shown[1]?.delivery?.state).toBe('sending');
  });

  it('give way to the log as soon as it knows them', () => {
    expect(stateWith(new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0), buildLocal())).toEqual([
      'sent',
    ]);
  });

  it('say that the notification of an answered message is missing, once it is overdue and until it comes', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0);
    const echoAt = (now: number) => withLocalMessages(messagesOf(log), [], now)[0]?.delivery?.echo;
    const written = START + 2_000;

    expect(echoAt(written + ECHO_LIMIT_MS)).toBe('awaited');
    expect(echoAt(written + ECHO_LIMIT_MS + 1)).toBe('missing');
    log.echo(0, 'Hi');
    expect(echoAt(written + ANSWER_LIMIT_MS)).toBe('came');
  });

  it('say that a message did not reach the bridge', () => {
    expect(
      stateWith(new LogWriter().opened(), buildLocal({ isSending: false, failure: unreachable })),
    ).toEqual(['failed']);
  });

  it('show a retry under way as sending, and a failed one as failed', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi').failed('m1');

    expect(stateWith(log, buildLocal())).toEqual(['sending']);
    expect(stateWith(log, buildLocal({ isSending: false, failure: unreachable }))).toEqual(['failed']);
  });

  it('do not stay sending for ever when the bridge never told what became of a message', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi');

    expect(stateWith(log, null)).toEqual(['sending']);
    expect(stateWith(log, null, NOW + ANSWER_LIMIT_MS)).toEqual(['failed']);
  });

  it('are settled when the log says more than that they are on their way', () => {
    const log = new LogWriter().opened().submitted('m1', 'Hi');
    const local = buildLocal({ isSending: false });
    expect(isSettled(local, messagesOf(log))).toBeFalse();

    log.sent('m1', 0);
    expect(isSettled(local, messagesOf(log))).toBeTrue();
    expect(isSettled({ ...local, isSending: true }, messagesOf(log))).toBeFalse();
  });
});
