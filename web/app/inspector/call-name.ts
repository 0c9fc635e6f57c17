/** What a call is named by. */
export interface CallName {
  /** The telling part: the event that it publishes, or its whole name. */
  readonly name: string;
  /** The type of request that carries the event; empty where there is none. */
  readonly envelope: string;
}

/** Reads “ms.PublishEvent ContentEvent” as an event in an envelope; “sign in” is one name. */
export function readCallName(summary: string): CallName {
  const [type = '', ...rest] = summary.split(' ');
  return type.includes('.') && rest.length > 0
    ? { name: rest.join(' '), envelope: type }
    : { name: summary, envelope: '' };
}
