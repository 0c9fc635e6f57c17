import type { ConversationChange, ConversationDetails } from '#protocol/webhook-notification';

/** So much of an id tells people apart. */
const ID_LENGTH = 8;
/** So many members are named where none of those changed that one looks for. */
const NAMED_MEMBERS = 3;

/** State of the conversation, and of its main dialog where that is another. @see PROTOCOL.md §8.3 */
export function stateWords({ state, stage }: ConversationDetails): string {
  return stage === undefined || stage === state ? state : `${state}/${stage}`;
}

export const closedWords = ({ closeReason }: ConversationDetails): string =>
  closeReason === undefined ? '' : $localize`closed by ${closeReason}`;

/**
 * What a notification of a conversation's whole state has that the one before had not, in one line. Of two that differ it
 * says so in any case, if need be by the names of members that nobody looks at else.
 */
export function differenceWords(before: ConversationChange, after: ConversationChange): string {
  const [old, now] = [before.result.conversationDetails, after.result.conversationDetails];
  const told = [
    ...(old.closeReason === now.closeReason ? [] : [closedWords(now)]),
    ...participantWords(old, now),
    ...(old.skillId === now.skillId
      ? []
      : [$localize`skill ${valueWords(old.skillId)} → ${valueWords(now.skillId)}`]),
    ...dialogWords(old, now),
  ];
  const states = [...new Set([stateWords(old), stateWords(now)])];
  const others = told.length === 0 && states.length === 1 ? memberWords(before.result, after.result) : [];
  return [states.join(' → '), ...told, ...others].filter((part) => part !== '').join(' · ');
}

function participantWords(old: ConversationDetails, now: ConversationDetails): readonly string[] {
  const [before, after] = [peopleOf(old), peopleOf(now)];
  return [
    ...before.filter((one) => !after.includes(one)).map((one) => $localize`left: ${one}`),
    ...after.filter((one) => !before.includes(one)).map((one) => $localize`joined: ${one}`),
  ];
}

const peopleOf = ({ participants }: ConversationDetails): readonly string[] =>
  (participants ?? []).map(({ id, role }) => `${role} ${id.slice(0, ID_LENGTH)}`);

/** The main dialog's state is the conversation's. */
function dialogWords(old: ConversationDetails, now: ConversationDetails): readonly string[] {
  const before = new Map((old.dialogs ?? []).map(({ dialogId, state }) => [dialogId, state]));
  return (now.dialogs ?? []).flatMap(({ dialogId, dialogType, state }) => {
    const was = before.get(dialogId);
    if (dialogType === 'MAIN' || was === state) return [];
    return [was === undefined ? `${dialogType} ${state}` : `${dialogType} ${was} → ${state}`];
  });
}

/** Whatever differs, by its name; times come last, for they differ always. */
function memberWords(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => old.get(name) !== now.get(name),
  );
  const isTime = (name: string): boolean => name.endsWith('Ts');
  const ordered = [...names.filter((name) => !isTime(name)), ...names.filter(isTime)];
  const shown = ordered
    .slice(0, NAMED_MEMBERS)
    .map((name) => `${lastOf(name)} ${valueWords(old.get(name))} → ${valueWords(now.get(name))}`);
  const more = ordered.length - shown.length;
  if (more > 0) return [...shown, $localize`and ${more} more`];
  return shown.length === 0 ? [$localize`nothing has changed`] : shown;
}

/** All that is no object, by where it stands. */
function membersOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [
      ...membersOf(inner, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;

const valueWords = (value: string | undefined): string => value ?? $localize`none`;
