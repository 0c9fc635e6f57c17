import { CONNECTOR_SCOPE } from '#protocol/app-installation';

import type { EngagementListRules } from './engagement-words';
import { DEMO_MARKER, withDemoMarker } from './manifest';
import { linesOf } from './to-manifest';

// What a person reads when a value is wrong; `null` when nothing is. @see PROTOCOL.md §4.2

const LONGEST_NAME = 128;
export const LONGEST_DESCRIPTION = 256;
const LONGEST_LOGO = 1024;
const LONGEST_SCOPE = 128;
const LONGEST_REDIRECT = 128;

export function nameProblem(name: string, isDemo: boolean): string | null {
  if (name.trim() === '') return $localize`Enter a name.`;
  const whole = isDemo ? withDemoMarker(name.trim()) : name.trim();
  if (whole.length <= LONGEST_NAME) return null;
  const marker = isDemo ? $localize` including ${DEMO_MARKER}` : '';
  return $localize`At most ${LONGEST_NAME} characters${marker}; now ${whole.length}.`;
}

export function descriptionProblem(text: string): string | null {
  return text.trim() === '' ? $localize`Describe the app in a sentence.` : tooLong(text, LONGEST_DESCRIPTION);
}

/** LivePerson's own logos are paths of its site. */
export function logoProblem(text: string): string | null {
  const address = text.trim();
  const isAddress = address === '' || address.startsWith('/') || /^https?:$/.test(protocolOf(address));
  return isAddress
    ? tooLong(address, LONGEST_LOGO)
    : $localize`Enter a complete URL, such as https://example.com/logo.png.`;
}

export const scopeProblem = (text: string): string | null => tooLong(text, LONGEST_SCOPE);

/** Redirect URIs, one per line; the authorisation code grant needs one. */
export function redirectProblem(text: string, grantTypes: readonly string[]): string | null {
  const lines = linesOf(text);
  if (lines.length === 0) {
    return grantTypes.includes('authorization_code')
      ? $localize`The authorization code grant needs a redirect URI.`
      : null;
  }
  const wrong = lines.find((line) => !URL.canParse(line));
  if (wrong !== undefined) return $localize`“${shortened(wrong)}” is not a complete URI.`;
  const long = lines.find((line) => line.length > LONGEST_REDIRECT);
  if (long !== undefined)
    return $localize`At most ${LONGEST_REDIRECT} characters each; “${shortened(long)}” is longer.`;
  const twice = repeated(lines);
  return twice === null ? null : $localize`“${shortened(twice)}” is listed twice.`;
}

/** What the platform needs for a connector and the app would lack; no reason not to save. */
export function connectorAdvice(scope: string, grantTypes: readonly string[]): string | null {
  if (!scope.split(/\s+/).includes(CONNECTOR_SCOPE)) {
    return $localize`Without the scope ${CONNECTOR_SCOPE} this is not a connector app: it cannot chat here, and the list of apps hides it at first.`;
  }
  return grantTypes.includes('client_credentials')
    ? null
    : $localize`Without the client credentials grant the app gets no token and cannot chat.`;
}

/** @see PROTOCOL.md §4.2.1 */
export function retentionProblem(seconds: string): string | null {
  if (seconds === '') return null;
  const value = Number(seconds);
  return Number.isInteger(value) && value >= 2 && value <= 259_200
    ? null
    : $localize`Choose between 2 seconds and 72 hours.`;
}

/** @see PROTOCOL.md §4.2.1 */
export function retriesProblem(count: string): string | null {
  if (count === '') return null;
  const value = Number(count);
  return Number.isInteger(value) && value >= 0 && value <= 5 ? null : $localize`Choose between 0 and 5.`;
}

/** What RFC 9110 calls a token. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const LONGEST_HEADER_NAME = 256;
const LONGEST_HEADER_VALUE = 8192;

/** @param others Names of the endpoint's other headers. */
export function headerNameProblem(name: string, others: readonly string[]): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return $localize`Enter a name.`;
  if (!HEADER_NAME.test(trimmed))
    return $localize`Use letters, digits and hyphens only, such as X-My-Header.`;
  if (trimmed.length > LONGEST_HEADER_NAME) return $localize`At most ${LONGEST_HEADER_NAME} characters.`;
  const isTaken = others.some((other) => other.trim().toLowerCase() === trimmed.toLowerCase());
  return isTaken ? $localize`This endpoint already has a header with that name.` : null;
}

export function headerValueProblem(value: string): string | null {
  if (value.trim() === '') return $localize`Enter a value.`;
  // Beyond Latin-1 a header cannot carry a character.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return $localize`Use plain characters on one line.`;
  return value.length > LONGEST_HEADER_VALUE ? $localize`At most ${LONGEST_HEADER_VALUE} characters.` : null;
}

/** @see PROTOCOL.md §4.2.2 */
export function wordsProblem(words: readonly string[], { least, most }: EngagementListRules): string | null {
  if (words.length < least) return $localize`Choose at least one.`;
  if (words.length > most) return $localize`Choose at most ${most}; now ${words.length}.`;
  const twice = repeated(words);
  return twice === null ? null : $localize`“${shortened(twice)}” is listed twice.`;
}

function tooLong(text: string, most: number): string | null {
  const { length } = text.trim();
  return length > most ? $localize`At most ${most} characters; now ${length}.` : null;
}

const protocolOf = (address: string): string => URL.parse(address)?.protocol ?? '';

const repeated = (items: readonly string[]): string | null =>
  items.find((item, index) => items.indexOf(item) !== index) ?? null;

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
