import type { Metadata } from '#protocol/connector/events';

import { placeLink, safeLink, schemeOf } from './safe-addresses';
import { fieldsOf, finiteOf, isFields, textOf } from './safe-values';

/** What pressing an element does. @see PROTOCOL.md §12.3 */
export type ElementAction =
  | { readonly type: 'publishText'; readonly text: string }
  | { readonly type: 'open'; readonly address: string }
  /** Sends what is checked. */
  | { readonly type: 'submit' }
  /** Belongs to a box: what it adds to the text when it is checked. */
  | { readonly type: 'checked'; readonly text: string }
  /** A link that is never opened. */
  | { readonly type: 'blocked'; readonly scheme: string }
  /** Told to the agent, and nothing else happens here. */
  | { readonly type: 'other'; readonly name: string };

export interface ElementClick {
  readonly actions: readonly ElementAction[];
  /** Goes back unchanged with the ACTION. @see PROTOCOL.md §12.4 */
  readonly metadata: Metadata | null;
}

const MAX_ACTIONS = 4;
const MAX_METADATA = 50;

/** What an element's `click` says; `null` when pressing it does nothing. */
export function readClick(value: unknown): ElementClick | null {
  const { actions, metadata } = fieldsOf(value);
  const read = Array.isArray(actions) ? actions.slice(0, MAX_ACTIONS).map(readAction) : [];
  const about = readMetadata(metadata);
  return read.length === 0 && about === null ? null : { actions: read, metadata: about };
}

/** `null` when there is none: a request then carries none. */
export function readMetadata(value: unknown): Metadata | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.slice(0, MAX_METADATA).filter(isFields);
}

/** Names a click's metadata, to find it again in the log. */
export const metadataKey = (metadata: Metadata | null | undefined): string => canonical(metadata ?? null);

/** JSON with its members in order: the cloud may hand them back in another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    isFields(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}

function readAction(value: unknown): ElementAction {
  const action = fieldsOf(value);
  const type = textOf(action['type'], 64) ?? 'unnamed';
  const read = Object.hasOwn(READERS, type) ? (READERS[type]?.(action) ?? null) : null;
  return read ?? { type: 'other', name: type };
}

type ReadAction = (action: Readonly<Record<string, unknown>>) => ElementAction | null;

const READERS: Readonly<Record<string, ReadAction | undefined>> = {
  publishText: ({ text }) => publish(text),
  link: readLink,
  navigate: ({ la, lo }) => {
    const [latitude, longitude] = [finiteOf(la), finiteOf(lo)];
    return latitude === null || longitude === null
      ? null
      : { type: 'open', address: placeLink(latitude, longitude) };
  },
  submitAsText: () => ({ type: 'submit' }),
  checked: ({ publishText }) => ({ type: 'checked', text: textOf(publishText, 5000) ?? '' }),
};

function publish(text: unknown): ElementAction | null {
  const read = textOf(text, 5000);
  return read === null || read.trim() === '' ? null : { type: 'publishText', text: read };
}

/** A browser takes the address for the web where there is one. */
function readLink({ uri, web }: Readonly<Record<string, unknown>>): ElementAction {
  const wanted = fieldsOf(web)['uri'] ?? uri;
  const address = safeLink(wanted);
  return address === null ? { type: 'blocked', scheme: schemeOf(wanted) } : { type: 'open', address };
}
