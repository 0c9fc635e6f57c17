import type { IncomingMessage } from 'node:http';

/** The one name that Node leaves out: a plain object cannot be given it by assignment. */
const LEFT_OUT = '__proto__';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The headers as Node gives them, and the one that it leaves out. Nearly always Node's own object: this is done for every webhook. */
export function allHeaders(message: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): Headers {
  const { headers, rawHeaders } = message;
  if (!rawHeaders.some((text) => isLeftOut(text))) return headers;
  const values = rawHeaders.filter((_value, index) => index % 2 === 1 && isLeftOut(rawHeaders[index - 1]));
  return values.length === 0
    ? headers
    : Object.fromEntries([...Object.entries(headers), [LEFT_OUT, values.join(', ')]]);
}

const isLeftOut = (name = ''): boolean => name.length === LEFT_OUT.length && name.toLowerCase() === LEFT_OUT;
