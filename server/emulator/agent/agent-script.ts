import type { ClientFeature } from '#protocol/connector/envelope';
import type { ContentEvent, MessagingEvent, Metadata, RichContentEvent } from '#protocol/connector/events';

import type { Audience, PublishedEvent } from '../state/conversation-commands.ts';
import type { FileToShare } from '../state/file-sharing.ts';
import type { AgentPace } from './agent-pace.ts';

/** A message of the consumer. */
export interface ConsumerMessage {
  readonly sequence: number;
  readonly event: ContentEvent | RichContentEvent;
}

/** What lies before the agent. */
export interface Turn {
  readonly agentName: string;
  /** The agent to whom this one can hand over. */
  readonly colleagueName: string;
  /** The skill that the colleague serves. */
  readonly colleagueSkill: string;
  /** First name from the consumer's profile; `null` when it gave none. */
  readonly consumerName: string | null;
  /** What the consumer's client can show. */
  readonly features: readonly ClientFeature[];
  /** Whether an agent owns the conversation already. */
  readonly isAssigned: boolean;
  /** How many turns the agent has taken in this conversation before. */
  readonly turnsBefore: number;
  /** Written since the last turn, oldest first; empty when an element was used and nothing was written. */
  readonly messages: readonly ConsumerMessage[];
  /** Metadata of the element that was used last in this turn; `null`: none was. @see PROTOCOL.md §12.4 */
  readonly used: Metadata | null;
}

/** One thing an agent does. */
export type AgentStep =
  | { readonly do: 'pause'; readonly ms: number }
  | { readonly do: 'join' }
  | {
      readonly do: 'publish';
      readonly event: PublishedEvent;
      /** Default: everybody. */
      readonly audience?: Audience;
      readonly metadata?: Metadata;
    }
  | { readonly do: 'send-file'; readonly file: FileToShare }
  | { readonly do: 'transfer'; readonly skillId: string }
  | { readonly do: 'close'; readonly cause: string | null };

/** A persona: what it does about what the consumer wrote. Pure, so that the same turn gives the same steps. */
export interface AgentScript {
  readonly name: string;
  steps(turn: Turn, pace: AgentPace): readonly AgentStep[];
}

/** The text of a message, `null` when it is something else. */
export function textOf({ event }: ConsumerMessage): string | null {
  return event.type === 'ContentEvent' && typeof event.message === 'string' ? event.message : null;
}

/** The text of the turn's last message; `null` when it is something else or there is none. */
export function lastTextOf({ messages }: Turn): string | null {
  const last = messages.at(-1);
  return last ? textOf(last) : null;
}

export const publish = (event: PublishedEvent): AgentStep => ({ do: 'publish', event });
export const pause = (ms: number): AgentStep => ({ do: 'pause', ms });
export const chatState = (state: 'COMPOSING' | 'ACTIVE'): AgentStep =>
  publish({ type: 'ChatStateEvent', chatState: state });

/** Joins where nobody has, accepts and reads what was written. @see PROTOCOL.md §14.2 #19 */
export function arriving(turn: Turn, pace: AgentPace): readonly AgentStep[] {
  const joining: readonly AgentStep[] = turn.isAssigned ? [] : [pause(pace.joinMs), { do: 'join' }];
  return [...joining, ...reading(turn, pace)];
}

function reading({ messages }: Turn, pace: AgentPace): readonly AgentStep[] {
  if (messages.length === 0) return [];
  const sequenceList = messages.map(({ sequence }) => sequence);
  return [
    pause(pace.acceptMs),
    publish({ type: 'AcceptStatusEvent', status: 'ACCEPT', sequenceList }),
    pause(pace.readMs),
    publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList }),
  ];
}

/** Types for a while, then does it; the workspace sends ACTIVE when typing ends. @see PROTOCOL.md §8.4.5 */
export const typing = (typeMs: number, ...doing: readonly AgentStep[]): readonly AgentStep[] => [
  chatState('COMPOSING'),
  pause(typeMs),
  ...doing,
  chatState('ACTIVE'),
];

/**
 * What a person does around an answer: joins, accepts, reads, types, answers, and has typed.
 *
 * @see PROTOCOL.md §14.2 #19
 */
export const asPerson = (turn: Turn, pace: AgentPace, answer: MessagingEvent): readonly AgentStep[] => [
  ...arriving(turn, pace),
  ...typing(pace.typeMs, publish(answer)),
];
