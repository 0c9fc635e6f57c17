import type { AgentPace } from '../agent-pace.ts';
import { chatState, lastTextOf, pause, publish, textOf, typing } from '../agent-script.ts';
import type { AgentScript, AgentStep, Turn } from '../agent-script.ts';
import { plainText } from '../content.ts';
import { quoted } from './quoted.ts';

/** Characters that are read within the pace's time to read. */
const READ_AT_ONCE = 60;
/** Characters that are typed within the pace's time to type. */
const TYPED_AT_ONCE = 40;

/**
 * Like somebody at a desk: what arrives is accepted at once and read when it is looked at, longer texts take longer to read
 * and to write, and a long answer comes in two messages. @see PROTOCOL.md §14.2 #19
 */
export const human: AgentScript = {
  name: 'human',
  steps: (turn, pace) => [
    ...joining(turn, pace),
    ...turn.messages.flatMap((message) => {
      const length = textOf(message)?.length ?? 0;
      return seeing(message.sequence, length, pace);
    }),
    ...answersTo(turn).flatMap((answer) => [...writing(answer, pace), pause(pace.readMs)]),
  ],
};

const joining = ({ isAssigned }: Turn, pace: AgentPace): readonly AgentStep[] =>
  isAssigned ? [] : [pause(pace.joinMs), { do: 'join' }, chatState('ACTIVE')];

const seeing = (sequence: number, length: number, pace: AgentPace): readonly AgentStep[] => [
  pause(pace.acceptMs),
  publish({ type: 'AcceptStatusEvent', status: 'ACCEPT', sequenceList: [sequence] }),
  pause(scaled(pace.readMs, length / READ_AT_ONCE)),
  publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [sequence] }),
];

/** A long answer is not typed without a break. */
function writing(answer: string, pace: AgentPace): readonly AgentStep[] {
  const typeMs = scaled(pace.typeMs, answer.length / TYPED_AT_ONCE);
  if (answer.length < TYPED_AT_ONCE) return typing(typeMs, publish(plainText(answer)));
  return [...typing(typeMs / 2), pause(pace.readMs), ...typing(typeMs / 2, publish(plainText(answer)))];
}

/** At least the whole of it, and so much more. */
const scaled = (ms: number, times: number): number => Math.round(ms * Math.max(1, times));

function answersTo(turn: Turn): readonly string[] {
  const text = lastTextOf(turn);
  if (text === null) return ['Thanks, got it.'];
  if (turn.turnsBefore === 0) {
    const name = turn.consumerName === null ? '' : ` ${turn.consumerName}`;
    return [
      `Hi${name}, ${turn.agentName} here.`,
      `Let me look into “${quoted(text)}” for you, that takes a moment.`,
    ];
  }
  return text.endsWith('?')
    ? ['Good question.', 'I have checked: everything is as it should be. Anything else I can do?']
    : ['I see, thank you for telling me.'];
}
