import type { ContentEvent } from '#protocol/connector/events';

import { INSTANT_PACE } from '../agent/agent-pace.ts';
import type { AgentScript, AgentStep, ConsumerMessage, Turn } from '../agent/agent-script.ts';
import { plainText } from '../agent/content.ts';
import type { PublishedEvent } from '../state/conversation-commands.ts';

export const buildMessage = (event: ConsumerMessage['event'] | string, sequence = 0): ConsumerMessage => ({
  sequence,
  event: typeof event === 'string' ? plainText(event) : event,
});

/** A turn in which the consumer wrote one message, to a client that can show everything. */
export const buildTurn = (event: ConsumerMessage['event'] | string, more: Partial<Turn> = {}): Turn => ({
  agentName: 'Mia',
  colleagueName: 'Leo',
  colleagueSkill: '1002',
  consumerName: 'Ada',
  features: ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'],
  isAssigned: true,
  turnsBefore: 1,
  messages: [buildMessage(event)],
  used: null,
  ...more,
});

export const stepsOf = (script: AgentScript, turn: Turn): readonly AgentStep[] =>
  script.steps(turn, INSTANT_PACE);

export const publishedBy = (steps: readonly AgentStep[]): readonly PublishedEvent[] =>
  steps.flatMap((step) => (step.do === 'publish' ? [step.event] : []));

/** The contents among what the script publishes. */
export const contentsOf = (script: AgentScript, turn: Turn): readonly ContentEvent[] =>
  publishedBy(stepsOf(script, turn)).filter((event) => event.type === 'ContentEvent');

/** The texts among what the script publishes. */
export const textsOf = (script: AgentScript, turn: Turn): readonly string[] =>
  contentsOf(script, turn).flatMap(({ message }) => (typeof message === 'string' ? [message] : []));

/** Steps in a few words each. */
export const inShort = (steps: readonly AgentStep[]): readonly string[] => steps.flatMap(wordsFor);

function wordsFor(step: AgentStep): readonly string[] {
  if (step.do === 'pause') return [];
  if (step.do !== 'publish') return [step.do];
  const { event } = step;
  if (event.type === 'AcceptStatusEvent') return [`${event.status} ${event.sequenceList.join(',')}`];
  return [event.type === 'ChatStateEvent' ? event.chatState : event.type];
}
