import type { Account } from '../state/account-state.ts';
import type { ConversationCommand } from '../state/conversation-commands.ts';
import { participantOf } from '../state/conversation-state.ts';
import type { Occurrence } from '../state/conversations.ts';

/** The consumer's first message must come within this time for the welcome to be sent. @see PROTOCOL.md §6.1, §13 */
export const FIRST_MESSAGE_WITHIN_MS = 10_000;

/**
 * Sends the automatic messages of accounts: joins as CONTROLLER what is opened by a client that shows them, and welcomes
 * the consumer behind the first message. Judged: a first message after ten seconds is not answered by a welcome.
 *
 * @see PROTOCOL.md §6.1, §6.2
 */
export function noticeAsController(account: Account, occurrence: Occurrence): void {
  const command = controllerCommand(account, occurrence);
  if (command) account.conversations.execute(occurrence.conversation.id, command);
}

function controllerCommand(account: Account, occurrence: Occurrence): ConversationCommand | null {
  const { welcomeMessage } = account.settings;
  const { conversation, command } = occurrence;
  const [main] = conversation.dialogs;
  const by = account.staff.controllerBot.userPid;
  if (welcomeMessage === null) return null;
  if (command === null) {
    const isWanted = conversation.features.includes('AUTO_MESSAGES');
    return isWanted ? { type: 'join', participant: { id: by, role: 'CONTROLLER' } } : null;
  }
  if (!participantOf(main, by) || !isFirstMessage(account, occurrence)) return null;
  const event = { type: 'ContentEvent' as const, message: welcomeMessage, contentType: 'text/plain' };
  return { type: 'publish', by, dialogId: main.id, event };
}

function isFirstMessage({ history }: Account, { conversation, command }: Occurrence): boolean {
  if (command?.type !== 'publish' || command.by !== conversation.consumerId) return false;
  if (command.event.type !== 'ContentEvent' && command.event.type !== 'RichContentEvent') return false;
  const messages = history.get(conversation.id)?.messages ?? [];
  const [main] = conversation.dialogs;
  return messages.length === 1 && main.activeAt - conversation.startedAt <= FIRST_MESSAGE_WITHIN_MS;
}
