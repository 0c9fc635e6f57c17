import { closedAll, closedDialog } from './conversation-closing.ts';
import { refused } from './conversation-commands.ts';
import type { Accepted, ConversationCommand, Decision } from './conversation-commands.ts';
import { conversationNotification } from './conversation-notifications.ts';
import { joinedDialog, leftDialog, transferred } from './conversation-participants.ts';
import { published } from './conversation-publishing.ts';
import { lastMomentOf, openedConversation } from './conversation-state.ts';
import type { ConversationOpening, ConversationState, TimeToRespond } from './conversation-state.ts';

/** The first moment of a conversation. @see PROTOCOL.md §6.2, §11.2 */
export function open(opening: ConversationOpening, at: number): Accepted {
  const state = openedConversation(opening, at);
  return { outcome: 'accepted', state, notifications: [conversationNotification(state)], sequence: null };
}

/**
 * What `command` makes of the conversation. Pure: same state, command and time, same decision.
 *
 * @param now Epoch milliseconds; the times of a conversation never run backwards, even where the clock does.
 * @see PROTOCOL.md §11.2
 */
export function decide(state: ConversationState, command: ConversationCommand, now: number): Decision {
  // Only the old-style rating comes after the close (§6.4); a closed conversation never opens again (§11.2).
  if (state.stage === 'CLOSE' && command.type !== 'rate') return refused('conversation-closed');
  const at = Math.max(now, lastMomentOf(state));
  switch (command.type) {
    case 'publish':
      return published(state, command, at);
    case 'announce':
      return {
        outcome: 'accepted',
        state: { ...state, features: command.features },
        notifications: [],
        sequence: null,
      };
    default:
      return told(changeBy(state, command, at), at);
  }
}

type Change = Exclude<ConversationCommand, { readonly type: 'publish' | 'announce' }>;

/** The states that the conversation goes through, the last of which it stays in; or why it does not change. */
type Changed = ReturnType<typeof refused> | readonly [ConversationState, ...ConversationState[]];

function changeBy(state: ConversationState, command: Change, at: number): Changed {
  switch (command.type) {
    case 'join':
      return joinedDialog(state, command, at);
    case 'leave':
      return leftDialog(state, command, at);
    case 'change-skill':
      return transferred(state, command, at);
    case 'change-ttr':
      return withTtr(state, command.ttr);
    case 'rate':
      return [{ ...state, csat: command.csat }];
    case 'close-dialog':
      return closedDialog(state, command, at);
    case 'close':
      return closedAll(state, command, at);
    default:
      return command satisfies never;
  }
}

/** Nothing is due any more once the agents are done. */
function withTtr(state: ConversationState, ttr: TimeToRespond): Changed {
  return state.dialogs[0].state === 'CLOSE' ? refused('dialog-closed') : [{ ...state, ttr }];
}

/** A change of the conversation itself is told as its complete new state. @see PROTOCOL.md §8.3 */
function told(changed: Changed, at: number): Decision {
  if ('outcome' in changed) return changed;
  const [first, ...others] = changed;
  const states = [first, ...others].map((state) => ({ ...state, changedAt: at }));
  return {
    outcome: 'accepted',
    state: states.at(-1) ?? first,
    notifications: states.map(conversationNotification),
    sequence: null,
  };
}
