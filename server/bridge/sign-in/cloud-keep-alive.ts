import type { Logger } from '../logging/loggers.ts';
import type { AgentLoginClient } from '../upstream/agent-login-client.ts';
import type { CloudAccess } from './cloud-access.ts';
import type { SignedIn } from './session-store.ts';

/** The cloud recommends three to five minutes. @see PROTOCOL.md §2.2 */
const EVERY_MS = 5 * 60 * 1000;
/** More sessions than this are not remembered; forgetting one costs a refresh too early. */
const MAX_REMEMBERED = 1000;

export interface CloudKeepAliveDeps {
  readonly access: CloudAccess;
  readonly agentLogin: AgentLoginClient;
  readonly log: Logger;
  readonly now: () => number;
}

/** Keeps the session in the cloud alive for as long as the one here is used. */
export class CloudKeepAlive {
  private readonly deps: CloudKeepAliveDeps;
  private readonly refreshedAt = new Map<string, number>();

  constructor(deps: CloudKeepAliveDeps) {
    this.deps = deps;
  }

  /** Called with each use of a session; refreshes when it is time, without making the caller wait. */
  used(session: SignedIn): void {
    const now = this.deps.now();
    const last = this.refreshedAt.get(session.key) ?? session.createdAt;
    if (now - last < EVERY_MS) return;
    if (this.refreshedAt.size >= MAX_REMEMBERED) this.refreshedAt.clear();
    this.refreshedAt.set(session.key, now);
    void this.refresh(session);
  }

  private async refresh(session: SignedIn): Promise<void> {
    try {
      const context = this.deps.access.contextOf(session);
      await this.deps.agentLogin.refresh({ ...context, patience: 'background' }, session.cloud);
    } catch (error) {
      // What needs the session will say that it ended; the chat itself does not need it.
      this.deps.log.info(
        { err: error, account: session.account },
        'the session in the cloud was not refreshed',
      );
    }
  }
}
