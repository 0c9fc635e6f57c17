import type { Metadata } from '#protocol/connector/events';

import type { ElementClick } from './element-click';

/** An element that the renderer may draw: only members it knows, only values that do no harm. */
export interface SafeElement {
  readonly type: string;
  readonly elements?: readonly SafeElement[];
  readonly [member: string]: unknown;
}

/** What is known of an element beside its picture. */
export interface ElementNotes {
  readonly click: ElementClick | null;
  /** Shown when the pointer rests on it. */
  readonly hint: string | null;
  /** Metadata of a card that can be chosen. */
  readonly metadata: Metadata | null;
  /** Which choice a button sends. */
  readonly chooses: string | null;
}

/** More is no message but an attack, or a mistake. @see PROTOCOL.md §12.2 */
export const MAX_ELEMENTS = 256;
export const MAX_DEPTH = 12;

/** Something without which the content cannot be drawn. */
export class InvalidContent extends Error {}

/** What is collected while content is read. */
export interface Reading {
  readonly notes: Map<SafeElement, ElementNotes>;
  readonly leftOut: Map<string, number>;
  count: number;
  hasColours: boolean;
}

/** Counts something that is not shown. */
export function leaveOut({ leftOut }: Reading, what: string, count = 1): null {
  leftOut.set(what, (leftOut.get(what) ?? 0) + count);
  return null;
}

export interface Place {
  /** Where it stands, for words about it. */
  readonly at: string;
  readonly depth: number;
}
