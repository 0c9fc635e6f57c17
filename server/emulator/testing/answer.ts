type Step = string | number;

/** What lies at a path of a value; `undefined` when there is no such path. */
export function at(value: unknown, ...path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

/** The text that lies at a path. */
export function textAt(value: unknown, ...path: readonly Step[]): string {
  const text = at(value, ...path);
  if (typeof text !== 'string') throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value)}`);
  return text;
}

/** What a call was answered. */
export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; `undefined` when it is none. */
  readonly body: unknown;

  constructor(response: Response, text: string) {
    this.status = response.status;
    this.headers = response.headers;
    this.text = text;
    this.body = parsed(text);
  }

  at(...path: readonly Step[]): unknown {
    return at(this.body, ...path);
  }

  textAt(...path: readonly Step[]): string {
    return textAt(this.body, ...path);
  }
}

/** The payload of a token, its signature unchecked. */
export const claimsOf = (token: string): unknown =>
  parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** The header of a token. */
export const tokenHeaderOf = (token: string): unknown =>
  parsed(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Empty answers and the like have no JSON.
    return undefined;
  }
}
