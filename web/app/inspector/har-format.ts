/** What an HTTP archive 1.2 must have, and the members beside it that are written here. @see http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** One request with its answer. */
export interface HarEntry {
  /** ISO 8601. */
  readonly startedDateTime: string;
  /** Milliseconds, all of `timings` together. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: {
    readonly send: number;
    readonly wait: number;
    readonly receive: number;
    readonly comment?: string;
  };
  readonly comment?: string;
}

/** What requests and answers have alike. */
export interface HarHead {
  readonly httpVersion: string;
  readonly cookies: readonly HarPair[];
  readonly headers: readonly HarPair[];
  /** Bytes; -1: not known. */
  readonly headersSize: number;
}

export interface HarRequest extends HarHead {
  readonly method: string;
  readonly url: string;
  readonly queryString: readonly HarPair[];
  readonly postData?: HarPostData;
  /** Bytes; -1: not known. */
  readonly bodySize: number;
}

export interface HarResponse extends HarHead {
  /** 0: none came. */
  readonly status: number;
  readonly statusText: string;
  readonly content: HarContent;
  readonly redirectURL: string;
  /** Bytes; -1: not known. */
  readonly bodySize: number;
  readonly comment?: string;
}

export interface HarPair {
  readonly name: string;
  readonly value: string;
}

/** Fields of a form, or a text. */
export type HarPostData = { readonly mimeType: string; readonly comment?: string } & (
  { readonly params: readonly HarPair[] } | { readonly text: string }
);

export interface HarContent {
  /** Bytes; -1: not known. */
  readonly size: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly comment?: string;
}
