/** Why the program cannot start, in one line a person can act on. Ends it with exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
