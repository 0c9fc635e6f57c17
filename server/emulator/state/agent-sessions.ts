import type { Clock } from '../clock.ts';
import type { AccountUser } from './account-users.ts';
import { BoundedMap } from './bounded-map.ts';
import { randomHex } from './identity.ts';

const MOST_SESSIONS = 1000;

/** What a signed-in agent holds. @see PROTOCOL.md §2.1 */
export interface AgentSession {
  readonly user: AccountUser;
  readonly bearer: string;
  readonly csrf: string;
  /** Value of the cookie `Session_id`. */
  readonly cookie: string;
}

export interface KeptSession extends AgentSession {
  /** Epoch milliseconds. */
  readonly lastUsedAt: number;
}

export interface AgentSessionsDeps {
  readonly clock: Clock;
  /** Idle time after which a session ends. */
  readonly ttlMs: () => number;
}

type RefreshRefusal = 'no-session' | 'csrf-differs';

/** The agents' sessions of one account. A session lives as long as it is used. @see PROTOCOL.md §2 */
export class AgentSessions {
  private readonly byBearer = new BoundedMap<string, AgentSession & { lastUsedAt: number }>(MOST_SESSIONS);
  private readonly deps: AgentSessionsDeps;

  constructor(deps: AgentSessionsDeps) {
    this.deps = deps;
  }

  start(user: AccountUser): AgentSession {
    const session = { user, bearer: randomHex(32), csrf: randomHex(16), cookie: randomHex(32) };
    this.byBearer.set(session.bearer, { ...session, lastUsedAt: this.deps.clock.now() });
    return session;
  }

  /** The session of a bearer token, prolonged by this use; `null` when there is none any more. */
  use(bearer: string): AgentSession | null {
    const session = this.byBearer.get(bearer);
    if (!session) return null;
    const now = this.deps.clock.now();
    if (now - session.lastUsedAt >= this.deps.ttlMs()) {
      this.byBearer.delete(bearer);
      return null;
    }
    session.lastUsedAt = now;
    return session;
  }

  /** Prolongs the session of the cookie. @see PROTOCOL.md §2.2 */
  refresh(cookie: string, csrf: string): AgentSession | RefreshRefusal {
    const candidate = [...this.byBearer.values()].find((session) => session.cookie === cookie);
    if (!candidate) return 'no-session';
    if (candidate.csrf !== csrf) return 'csrf-differs';
    return this.use(candidate.bearer) ?? 'no-session';
  }

  /** Oldest first. */
  list(): readonly KeptSession[] {
    return [...this.byBearer.values()];
  }

  /** Puts these in the place of all. */
  restore(sessions: readonly KeptSession[]): void {
    this.byBearer.clear();
    for (const session of sessions) this.byBearer.set(session.bearer, { ...session });
  }

  /** @see PROTOCOL.md §2.3 */
  end(session: AgentSession): void {
    this.byBearer.delete(session.bearer);
  }
}
