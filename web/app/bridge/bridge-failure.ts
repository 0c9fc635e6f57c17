import type { FieldProblem, Problem, ProblemCode } from '#protocol/problem';

interface BridgeFailureOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number | null;
}

/** A call to the bridge that did not succeed; `code` is for the program, `problem` for the words on the screen. */
export class BridgeFailure extends Error {
  override readonly name = 'BridgeFailure';
  /** Seconds after which trying again makes sense; `null` when the bridge named none. */
  readonly retryAfterSeconds: number | null;

  constructor(
    /** What the bridge said, or a problem made here when it could not be reached. */
    readonly problem: Problem | UnreachableBridge,
    { retryAfterSeconds = null, ...options }: BridgeFailureOptions = {},
  ) {
    super(problem.title, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): ProblemCode | 'bridge-unreachable' {
    return this.problem.code;
  }

  get fields(): readonly FieldProblem[] {
    return 'fields' in this.problem ? (this.problem.fields ?? []) : [];
  }
}

/** Stands in for a {@link Problem} when no answer came from the bridge at all. */
export interface UnreachableBridge {
  readonly code: 'bridge-unreachable';
  readonly title: string;
  /** What was asked, and what came instead; empty when nobody knows. */
  readonly detail: string;
}

export const BRIDGE_UNREACHABLE: UnreachableBridge = {
  code: 'bridge-unreachable',
  title: $localize`The bridge gave no answer`,
  detail: '',
};
