import type { Request } from 'express';

import type { ConversationRecord } from '../../state/conversation-record.ts';
import { queryText } from '../query.ts';
import { accountRefusal } from '../upstream-error.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 100;
const LONGEST_SOURCE = 20;
const DEFAULT_SORT = 'start:desc';

/** Which part of what was found is wanted, in which order. @see PROTOCOL.md §9.1 */
export interface HistoryPage {
  readonly offset: number;
  readonly limit: number;
  readonly by: 'start' | 'end';
  readonly isDescending: boolean;
  readonly isVersion2: boolean;
}

/** Reads the query; 400 names what is wrong with it. Parameters that are not known are ignored: the demo sends some. */
export function readHistoryPage(request: Request): HistoryPage {
  const version = queryText(request, 'v') ?? '1';
  if (!/^[12](\.0)?$/.test(version)) throw accountRefusal(400, 'The parameter v must be 1 or 2');
  if ((queryText(request, 'source') ?? '').length > LONGEST_SOURCE)
    throw accountRefusal(400, `The parameter source has more than ${LONGEST_SOURCE} characters`);
  const sort = /^(start|end)(?::(asc|desc))?$/i.exec(queryText(request, 'sort') ?? DEFAULT_SORT);
  if (!sort) throw accountRefusal(400, 'The parameter sort must be start or end, with :asc or :desc');
  return {
    offset: wholeNumber(request, 'offset', { fallback: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
    limit: wholeNumber(request, 'limit', { fallback: DEFAULT_LIMIT, least: 1, most: LARGEST_LIMIT }),
    by: sort[1]?.toLowerCase() === 'end' ? 'end' : 'start',
    isDescending: sort[2]?.toLowerCase() === 'desc',
    isVersion2: version.startsWith('2'),
  };
}

interface Bounds {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

function wholeNumber(request: Request, name: string, { fallback, least, most }: Bounds): number {
  const text = queryText(request, name);
  if (text === null) return fallback;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  const limit = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `${least} to ${most}`;
  throw accountRefusal(400, `The parameter ${name} must be a number, ${limit}`);
}

/** The page of these records; open conversations have no end and count as the last to end. */
export function pageOf(
  records: readonly ConversationRecord[],
  { offset, limit, by, isDescending }: HistoryPage,
): readonly ConversationRecord[] {
  const time = ({ conversation }: ConversationRecord): number =>
    by === 'start' ? conversation.startedAt : (conversation.dialogs[0].endedAt ?? Number.MAX_SAFE_INTEGER);
  const sign = isDescending ? -1 : 1;
  return records.toSorted((one, other) => sign * (time(one) - time(other))).slice(offset, offset + limit);
}

/** `_metadata` of an answer: how many there are in all, and where the pages around this one are. @see PROTOCOL.md §9.2 */
export function pageMetadata(address: string, count: number, { offset, limit }: HistoryPage): object {
  const link = (rel: string, at: number): object => ({ rel, href: `${address}?limit=${limit}&offset=${at}` });
  return {
    count,
    self: link('self', offset),
    ...(offset + limit < count && { next: link('next', offset + limit) }),
    ...(offset > 0 && { prev: link('prev', Math.max(offset - limit, 0)) }),
    shardsStatusResult: { partialResult: false },
  };
}
