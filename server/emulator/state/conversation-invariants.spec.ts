import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';

import { isSequenced } from '#protocol/connector/events';

import {
  AGENT,
  CONSUMER,
  MAIN,
  OPENED_AT,
  SURVEY,
  SURVEY_BOT,
  SURVEY_FEATURES,
  buildOpening,
  buildSurveyOffer,
  buildText,
} from '../testing/conversation-builders.ts';
import type { Accepted, ConversationCommand } from './conversation-commands.ts';
import { decide, open } from './conversation-decision.ts';
import { conversationNotification } from './conversation-notifications.ts';
import { lastMomentOf } from './conversation-state.ts';
import type { ConversationState } from './conversation-state.ts';

const people = fc.constantFrom(CONSUMER, AGENT, 'other-agent', 'manager', SURVEY_BOT);
const dialogId = fc.constantFrom(MAIN, SURVEY);
const closer = fc.constantFrom('CONSUMER', 'AGENT', 'MANAGER', 'SYSTEM');
const survey = fc.constantFrom(null, buildSurveyOffer());
const role = fc.constantFrom('CONSUMER', 'ASSIGNED_AGENT', 'AGENT', 'MANAGER', 'READER', 'CONTROLLER');
const event = fc.constantFrom(
  buildText(),
  { type: 'RichContentEvent' as const, content: { type: 'vertical' } },
  { type: 'ChatStateEvent' as const, chatState: 'COMPOSING' as const },
  { type: 'AcceptStatusEvent' as const, status: 'READ' as const, sequenceList: [0] },
);
const audience = fc.constantFrom('ALL', 'AGENTS_AND_MANAGERS');

const record = fc.record;
const type = <Type extends string>(name: Type): fc.Arbitrary<Type> => fc.constant(name);

/** What leads somewhere; among everything else it would hardly ever come together. */
const likely: fc.Arbitrary<ConversationCommand> = fc.constantFrom(
  { type: 'join', participant: { id: AGENT, role: 'ASSIGNED_AGENT' }, dialogId: MAIN },
  { type: 'publish', by: CONSUMER, dialogId: MAIN, event: buildText() },
  { type: 'publish', by: AGENT, dialogId: MAIN, event: buildText() },
  { type: 'close-dialog', dialogId: MAIN, by: 'CONSUMER', cause: null, survey: buildSurveyOffer() },
  { type: 'join', participant: { id: SURVEY_BOT, role: 'AGENT' }, dialogId: SURVEY },
  { type: 'publish', by: SURVEY_BOT, dialogId: SURVEY, event: buildText() },
  { type: 'publish', by: CONSUMER, dialogId: SURVEY, event: buildText() },
);

const anything: fc.Arbitrary<ConversationCommand> = fc.oneof(
  { weight: 6, arbitrary: record({ type: type('publish'), by: people, dialogId, event, audience }) },
  {
    weight: 4,
    arbitrary: record({ type: type('join'), participant: record({ id: people, role }), dialogId }),
  },
  record({ type: type('leave'), participantId: people, dialogId }),
  record({ type: type('change-skill'), skillId: fc.constantFrom('-1', '4711') }),
  record({ type: type('change-skill'), skillId: fc.constant('1'), suggestedAgentId: people }),
  record({ type: type('change-ttr'), ttr: fc.constant({ ttrType: 'URGENT', value: 60 }) }),
  record({ type: type('announce'), features: fc.subarray([...SURVEY_FEATURES]) }),
  record({ type: type('rate'), csat: fc.constant({ csatRate: 3, status: 'FILLED' }) }),
  record({ type: type('close-dialog'), dialogId, by: closer, cause: fc.constant(null), survey }),
  record({ type: type('close'), by: closer, survey }),
);

const command = fc.oneof({ weight: 5, arbitrary: likely }, { weight: 4, arbitrary: anything });

/** Commands with the time that passes before each; clocks may be set back. */
const story = fc.array(fc.tuple(command, fc.integer({ min: -5000, max: 60_000 })), {
  maxLength: 60,
  size: 'max',
});

interface Step {
  readonly before: ConversationState;
  readonly command: ConversationCommand;
  readonly decision: Accepted;
}

/** What was accepted of a story. */
function play(commands: readonly (readonly [ConversationCommand, number])[]): readonly Step[] {
  let { state } = open(buildOpening({ features: SURVEY_FEATURES }), OPENED_AT);
  let now = OPENED_AT;
  return commands.flatMap(([next, passed]) => {
    now += passed;
    const before = state;
    const decision = decide(before, next, now);
    if (decision.outcome === 'refused') return [];
    ({ state } = decision);
    return [{ before, command: next, decision }];
  });
}

/** Looks for the shortest story that breaks the law; throws with it. */
function holds(law: (story: readonly Step[]) => boolean): void {
  fc.assert(
    fc.property(story, (commands) => law(play(commands))),
    { numRuns: 500 },
  );
  expect().nothing();
}

const holdsAtEachStep = (law: (step: Step) => boolean): void => holds((steps) => steps.every(law));

describe('Whatever happens to a conversation (§11)', () => {
  it('the events of each dialog are numbered 0, 1, 2 … (§11.4)', () => {
    holds((steps) => {
      const next = new Map<string, number>();
      return steps.every(({ command: said, decision: { sequence } }) => {
        if (said.type !== 'publish') return sequence === null;
        if (!isSequenced(said.event)) return sequence === 0;
        const expected = next.get(said.dialogId) ?? 0;
        next.set(said.dialogId, expected + 1);
        return sequence === expected;
      });
    });
  });

  it('what is closed stays closed, and keeps who closed it (§11.2)', () => {
    holdsAtEachStep(({ before, decision: { state } }) => {
      const isKept = before.dialogs.every(
        (dialog, index) => dialog.state === 'OPEN' || isDeepStrictEqual(state.dialogs[index], dialog),
      );
      const hasReason = before.closeReason === null || state.closeReason === before.closeReason;
      return isKept && hasReason && (before.stage === 'OPEN' || state.stage === 'CLOSE');
    });
  });

  it('it is over exactly when all its dialogs are closed, and only then has an end (§11.1)', () => {
    holdsAtEachStep(({ decision: { state } }) => {
      const isOver = state.dialogs.every((dialog) => dialog.state === 'CLOSE');
      const isMainClosed = state.dialogs[0].state === 'CLOSE';
      return (
        (state.stage === 'CLOSE') === isOver &&
        (state.endedAt !== null) === isOver &&
        (state.closeReason !== null) === isMainClosed &&
        state.dialogs.every((dialog) => (dialog.endedAt !== null) === (dialog.state === 'CLOSE'))
      );
    });
  });

  it('the consumer is in every dialog, nobody twice, and one agent at most has it (§11.5)', () => {
    holdsAtEachStep(({ decision: { state } }) =>
      state.dialogs.every(({ participants, type: dialogType }) => {
        const consumers = participants.filter((each) => each.role === 'CONSUMER');
        const owners = participants.filter((each) => each.role === 'ASSIGNED_AGENT').length;
        return (
          isDeepStrictEqual(consumers, [{ id: CONSUMER, role: 'CONSUMER' }]) &&
          new Set(participants.map(({ id }) => id)).size === participants.length &&
          owners <= (dialogType === 'MAIN' ? 1 : 0)
        );
      }),
    );
  });

  it('there is one MAIN dialog, the first, and at most one survey behind it (§11.1)', () => {
    holdsAtEachStep(({ decision: { state } }) => {
      const types = state.dialogs.map((dialog) => dialog.type).join();
      return types === 'MAIN' || (types === 'MAIN,POST_SURVEY' && state.dialogs[0].state === 'CLOSE');
    });
  });

  it('each change is told as the complete state that stands then (§8.3)', () => {
    holdsAtEachStep(({ command: done, decision: { state, notifications } }) => {
      if (done.type === 'announce') return notifications.length === 0;
      if (done.type === 'publish') return notifications.length === 1;
      return isDeepStrictEqual(notifications.at(-1), conversationNotification(state));
    });
  });

  it('whoever is told of is in a dialog, in that role (§8.3)', () => {
    holdsAtEachStep(({ decision: { notifications } }) =>
      notifications.every(({ eventType, change }) => {
        if (eventType !== 'cqm.ExConversationChangeNotification') return true;
        const { participants = [], dialogs = [] } = change.result.conversationDetails;
        const listed = dialogs.flatMap(({ participantsDetails = [] }) => participantsDetails);
        return participants.every((one) => listed.some((each) => isDeepStrictEqual(each, one)));
      }),
    );
  });

  it('its times never run backwards, even where the clock does', () => {
    holdsAtEachStep(
      ({ before, decision: { state } }) =>
        lastMomentOf(state) >= lastMomentOf(before) && state.changedAt >= before.changedAt,
    );
  });

  it('an answer is due only while the main dialog is open (§8.3)', () => {
    holdsAtEachStep(
      ({ decision: { state } }) => state.dialogs[0].state === 'OPEN' || state.pendingSince === null,
    );
  });

  it('a survey is reached by these stories, so that all this is said of it, too', () => {
    const reached = fc
      .sample(story, { numRuns: 500, seed: 1 })
      .filter((commands) => play(commands).some(({ decision: { state } }) => state.dialogs.length === 2));

    expect(reached.length).toBeGreaterThan(50);
  });
});
