import type { Clock, Scheduled } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { Accounts } from '../state/accounts.ts';
import { overdueClose } from './auto-close.ts';

export interface ClosingJobDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly log: EmulatorLog;
  readonly accounts: Pick<Accounts, 'list'>;
}

/** Looks every 25 minutes for conversations that the system must close. @see PROTOCOL.md §11.2 */
export class ClosingJob {
  private readonly deps: ClosingJobDeps;
  private next: Scheduled | null = null;

  constructor(deps: ClosingJobDeps) {
    this.deps = deps;
  }

  /** Runs from now on at the interval of the settings, read anew each time. */
  start(): void {
    const { clock, settings } = this.deps;
    this.next = clock.schedule(settings.closingJobIntervalMs, () => {
      this.start();
      this.run();
    });
  }

  stop(): void {
    this.next?.cancel();
  }

  /** Closes what is overdue now. */
  run(): void {
    const { accounts, clock, log } = this.deps;
    for (const { settings, conversations } of accounts.list()) {
      for (const conversation of conversations.list()) {
        const command = overdueClose(conversation, settings, clock.now());
        if (!command) continue;
        conversations.execute(conversation.id, command);
        log.info({ conversationId: conversation.id }, 'conversation closed by the system');
      }
    }
  }
}
