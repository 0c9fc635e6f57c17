/** Every reason for which the bridge refuses a call. The browser chooses its words by this code. */
export const PROBLEM_CODES = [
  'invalid-request',
  'invalid-json',
  'payload-too-large',
  'unsupported-media-type',
  'not-found',
  'not-signed-in',
  'session-expired',
  'cross-site',
  'host-not-allowed',
  'too-many-requests',
  'too-many-streams',
  'too-many-sends',
  'wrong-credentials',
  'not-administrator',
  'account-locked',
  'unknown-account',
  'directory-unreachable',
  'service-missing',
  'unknown-app',
  'app-disabled',
  'duplicate-name',
  'revision-conflict',
  'token-refused',
  'message-too-long',
  'unknown-conversation',
  'conversation-closed',
  'already-open',
  'upstream-session-ended',
  'upstream-rejected',
  'upstream-throttled',
  'upstream-unreachable',
  'upstream-timeout',
  'upstream-failed',
  'answer-lost',
  'stopped-before-sending',
  'signature-refused',
  'file-url-refused',
  'file-missing',
  'redelivery-refused',
  'unknown-delivery',
  'store-unavailable',
  'demo-unavailable',
  'internal',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The service that refused, and its own words; present when the cause lies behind the bridge. */
export interface UpstreamRefusal {
  /** Service name of the directory, e.g. `asyncMessagingEnt`. */
  readonly service: string;
  /** What the call was for, as the exchange in the log has it; absent in older logs. */
  readonly summary?: string;
  /** Method and address of the call, secrets masked and without its query; absent in older logs. */
  readonly request?: string;
  /** HTTP status; `null` when no answer came, or the account has no such service to ask. */
  readonly status: number | null;
  /** The vendor's own code, e.g. `40102` or `BAD_REQUEST`. */
  readonly code: string | null;
  readonly message: string | null;
  /** Which cloud was called; absent in older logs. */
  readonly environment?: CloudEnvironment;
  /** Names the exchange in the log; absent in older logs. */
  readonly exchangeId?: string;
}

export type CloudEnvironment = 'liveperson' | 'emulator';

/** Refusals to send that leave open whether the cloud has the message. */
export const UNCERTAIN_CODES: ReadonlySet<string> = new Set<ProblemCode>([
  'answer-lost',
  'upstream-failed',
  'upstream-timeout',
  'internal',
]);

/** Body of every failed answer of the bridge (`application/problem+json`). */
export interface Problem {
  readonly code: ProblemCode;
  readonly status: number;
  /** What happened, for a person; constant per code. */
  readonly title: string;
  /** What exactly, and what to do next. */
  readonly detail: string;
  /** Names this answer in the bridge's log. */
  readonly requestId: string;
  readonly upstream?: UpstreamRefusal;
  /** Which fields of the request were wrong, with a dotted path. */
  readonly fields?: readonly FieldProblem[];
}

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}
