import type { UpstreamRefusal } from '#protocol/problem';

import { BridgeFailure } from './bridge-failure';
import type { CatalogueEntry, Told } from './catalogue-entry';
import { FAILURE_CATALOGUE } from './failure-catalogue';
import { serviceWords } from './service-words';

/** What a person reads when something did not work. */
export interface FailureWords {
  /** The reason to refuse, for the program; `null` for a defect of the page. */
  readonly code: string | null;
  /** What happened, without a full stop. */
  readonly title: string;
  /** What to do next. */
  readonly next: string;
  /** What exactly, in the bridge's words; `null` when title and advice say it all. */
  readonly detail: string | null;
  /** Method and address of the call behind the bridge; `null` when none was made, or none is known. */
  readonly request: string | null;
  /** The exact answer of the service behind the bridge, with its own code; `null` when none was asked. */
  readonly upstream: string | null;
  /** Names the exchange in the log that tells all; `null` when none was made, or none is known. */
  readonly exchangeId: string | null;
}

const UNEXPECTED: FailureWords = {
  code: null,
  title: $localize`Something went wrong on this page`,
  next: $localize`Reload the page. What the server stored is still there.`,
  detail: null,
  request: null,
  upstream: null,
  exchangeId: null,
};

/** The words for whatever was thrown; a defect of the page when it was no {@link BridgeFailure}. */
export function wordsOf(failure: unknown): FailureWords {
  if (!(failure instanceof BridgeFailure)) return UNEXPECTED;
  const { problem } = failure;
  // A newer bridge may know codes that this page does not.
  const entry = isKnown(problem.code) ? FAILURE_CATALOGUE[problem.code] : unknownCode(problem.title);
  const upstream = 'upstream' in problem ? problem.upstream : undefined;
  const { title, next } = told(entry, upstream);
  return {
    ...{ code: problem.code, title, next },
    ...{ request: upstream?.request ?? null, exchangeId: upstream?.exchangeId ?? null },
    ...onlyOnce(failure, entry.hasDetail === true ? exactly(failure) : null, upstream),
  };
}

/** Nobody reads the same words twice: of an answer the service's own are shown, and of a silence who was asked in vain. */
function onlyOnce(
  failure: BridgeFailure,
  detail: string | null,
  upstream: UpstreamRefusal | undefined,
): Pick<FailureWords, 'detail' | 'upstream'> {
  if (upstream === undefined) return { detail, upstream: null };
  if (detail !== null && wasNeverAsked(failure, upstream)) return { detail, upstream: null };
  if (detail === null || !isRepeated(failure, upstream)) return { detail, upstream: answerOf(upstream) };
  // Who was asked stands in the request, or else in the detail.
  return upstream.status === null && upstream.request === undefined
    ? { detail, upstream: null }
    : { detail: null, upstream: answerOf(upstream) };
}

/** A service that the account does not have could not be called. */
const wasNeverAsked = ({ code }: BridgeFailure, { status }: UpstreamRefusal): boolean =>
  code === 'service-missing' && status === null;

/** A sentence names only who is known to have answered, and what is known to have been tried. */
function told(entry: CatalogueEntry, upstream: UpstreamRefusal | undefined): Told {
  if (upstream === undefined) return entry;
  const { environment, summary, service } = upstream;
  const words = (environment === undefined ? undefined : entry.by?.[environment]) ?? entry;
  const tried = summary === undefined ? undefined : words.tried?.(summary);
  return { ...words, title: entry.titleOf?.(serviceWords(service)) ?? tried ?? words.title };
}

const isKnown = (code: string): boolean => Object.hasOwn(FAILURE_CATALOGUE, code);

const unknownCode = (title: string): CatalogueEntry => ({
  title,
  next: $localize`Reload the page, so that page and server are of the same version.`,
  hasDetail: true,
});

const isRepeated = ({ problem, fields }: BridgeFailure, upstream: UpstreamRefusal | undefined): boolean =>
  fields.length === 0 && typeof upstream?.message === 'string' && problem.detail.includes(upstream.message);

function exactly({ problem, code, fields }: BridgeFailure): string | null {
  const named = fields.map(({ path, message }) => `${path}: ${message}`).join(' · ');
  const words = named === '' ? problem.detail : named;
  if (words === '') return null;
  return code === 'internal' && 'requestId' in problem
    ? $localize`${words} (id ${problem.requestId})`
    : words;
}

/** Whole sentences, so that each can be translated as one. */
function answerOf({ service: name, status, message, ...refusal }: UpstreamRefusal): string {
  const service = serviceWords(name);
  // Said twice, it says no more.
  const code = refusal.code === `${status}` ? null : refusal.code;
  if (status === null) {
    return message === null
      ? $localize`${service} gave no answer`
      : $localize`${service} gave no answer\: ${message}`;
  }
  if (message === null) {
    return code === null
      ? $localize`${service} answered ${status}`
      : $localize`${service} answered ${status}, code ${code}`;
  }
  return code === null
    ? $localize`${service} answered ${status}\: “${message}”`
    : $localize`${service} answered ${status}, code ${code}\: “${message}”`;
}
