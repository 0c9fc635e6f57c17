import { BridgeError } from '../errors/bridge-error.ts';

/** An open stream of a session. */
export interface SessionStream {
  /** Which page reads it; `null`: nobody said. */
  readonly page: string | null;
  /** Ends it at once: its page has asked for another one. */
  replace(): void;
}

/** Which streams each session has open, so that none of them has too many. */
export class SessionStreams {
  private readonly most: number;
  private readonly sessions = new Map<string, Set<SessionStream>>();

  constructor(most: number) {
    this.most = most;
  }

  /**
   * Whether there is room for one more stream of the session; the one that its page had before would end and does not count.
   * @throws BridgeError `too-many-streams`
   */
  check(session: string, page: string | null): void {
    const open = this.sessions.get(session)?.size ?? 0;
    if (open - this.ofPage(session, page).length >= this.most) throw tooMany(this.most);
  }

  /**
   * Ends the stream that its page had before, over a connection that was lost.
   * @returns Dispose of it when the stream is closed.
   */
  add(session: string, stream: SessionStream): Disposable {
    for (const before of this.ofPage(session, stream.page)) {
      this.remove(session, before);
      before.replace();
    }
    const open = this.sessions.get(session) ?? new Set();
    this.sessions.set(session, open.add(stream));
    return { [Symbol.dispose]: () => this.remove(session, stream) };
  }

  private ofPage(session: string, page: string | null): readonly SessionStream[] {
    if (page === null) return [];
    return [...(this.sessions.get(session) ?? [])].filter((stream) => stream.page === page);
  }

  private remove(session: string, stream: SessionStream): void {
    const open = this.sessions.get(session);
    open?.delete(stream);
    if (open?.size === 0) this.sessions.delete(session);
  }
}

const RETRY_AFTER_SECONDS = 5;

const tooMany = (most: number): BridgeError =>
  new BridgeError(
    'too-many-streams',
    `This session has as many event streams open as it may (STREAMS_MAX_PER_SESSION: ${most}); close one of them first.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
