import type { FieldProblem, ProblemCode, UpstreamRefusal } from '#protocol/problem';

export interface BridgeErrorOptions {
  readonly cause?: unknown;
  readonly upstream?: UpstreamRefusal;
  readonly fields?: readonly FieldProblem[];
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** An expected failure: the code is for programs, the message for the person. Everything else thrown is a defect. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';
  readonly code: ProblemCode;
  readonly upstream: UpstreamRefusal | undefined;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, message: string, options: BridgeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.upstream = options.upstream;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
