import { isLoopback, parseUrl } from './webhook-endpoints';

/** What is wrong with an endpoint's URL for an account of this kind; `null` when nothing is. */
export function endpointProblem(text: string, isEmulated: boolean): string | null {
  if (text.trim() === '') return null;
  const url = parseUrl(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return $localize`Enter a whole URL, such as https://example.com/notifications/event.`;
  }
  if (url.username !== '' || url.password !== '')
    return $localize`Leave user name and password out of the URL.`;
  return isEmulated ? emulatedProblem(url) : cloudProblem(url);
}

function emulatedProblem(url: URL): string | null {
  const isPlainElsewhere = url.protocol === 'http:' && !isLoopback(url);
  return isPlainElsewhere
    ? $localize`The emulator posts only to this machine. Enter this server’s URL, or your connector’s on localhost.`
    : null;
}

function cloudProblem(url: URL): string | null {
  if (isLoopback(url))
    return $localize`LivePerson cannot reach this machine by that name. Enter a public https address.`;
  return url.protocol === 'https:' ? null : $localize`LivePerson posts to https only.`;
}
