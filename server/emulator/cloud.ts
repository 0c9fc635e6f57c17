import type { AgentPace } from './agent/agent-pace.ts';
import type { AgentScript } from './agent/agent-script.ts';
import { Cast } from './agent/cast.ts';
import type { Clock } from './clock.ts';
import type { CloudSettings } from './cloud-settings.ts';
import type { EmulatorLog } from './emulator-log.ts';
import { FaultBook } from './faults/fault-book.ts';
import { Accounts } from './state/accounts.ts';
import type { FileShelf } from './state/file-shelf.ts';
import { shareFile } from './state/file-sharing.ts';
import { FileStore } from './state/file-store.ts';
import { FileUrls } from './state/file-urls.ts';
import type { IsLocalHost } from './state/installation-manifest.ts';
import { ClosingJob } from './system/closing-job.ts';
import { CloudTokens } from './tokens/cloud-tokens.ts';
import type { SigningKey } from './tokens/signing-key.ts';
import { WebhookPoster } from './webhooks/webhook-poster.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';

export interface CloudParts {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly log: EmulatorLog;
  readonly key: SigningKey;
  readonly agentPace: AgentPace;
  readonly agentScript: AgentScript;
  /** Asked when an account is seeded. */
  readonly webhookUrl: () => string;
  readonly isLocalHost: IsLocalHost;
  /** Told whenever something may have changed that is to be kept. */
  readonly changed: () => void;
  /** Where shared files lie. */
  readonly fileShelf: FileShelf;
  /** Authority, PEM, that webhook endpoints may be certified by besides the usual ones; `null`: none. */
  readonly webhookAuthority: string | null;
}

/** The emulated cloud without its HTTP surface. */
export interface Cloud {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly accounts: Accounts;
  /** What is to go wrong. */
  readonly faults: FaultBook;
  readonly webhooks: WebhookSender;
  readonly tokens: CloudTokens;
  readonly isLocalHost: IsLocalHost;
  readonly files: FileStore;
  readonly fileUrls: FileUrls;
  /** Tells that something may have changed that is to be kept. */
  readonly changed: () => void;
  /** Ends what agents and webhooks are doing; they go on with what comes next. */
  settle(): void;
  /** Silences agents and webhooks; both can still be kept. */
  rest(): void;
  close(): void;
}

export function createCloud(parts: CloudParts): Cloud {
  const { clock, settings, log, key, isLocalHost, changed } = parts;
  const poster = new WebhookPoster({ clock, settings, authority: parts.webhookAuthority });
  const faults = new FaultBook({ clock, log, changed });
  const sender = new WebhookSender({ clock, settings, log, poster, faults, isLocalHost, changed });
  const files = new FileStore(parts.fileShelf);
  const cast = createCast(parts, files);
  const accounts = createAccounts(parts, sender, cast);
  const closingJob = new ClosingJob({ clock, settings, log, accounts });
  closingJob.start();
  const rest = (): void => {
    cast.close();
    sender.rest();
  };
  return {
    clock,
    settings,
    accounts,
    faults,
    webhooks: sender,
    tokens: new CloudTokens({ clock, settings, key }),
    isLocalHost,
    files,
    fileUrls: new FileUrls({ clock, settings }),
    changed,
    settle: () => {
      cast.settle();
      sender.clear();
    },
    rest,
    close: () => {
      closingJob.stop();
      rest();
      sender.close();
    },
  };
}

function createCast(
  { clock, log, agentPace: pace, agentScript: defaultScript }: CloudParts,
  files: FileStore,
): Cast {
  return new Cast({
    clock,
    log,
    pace,
    defaultScript,
    shareFile: (account, by, file) => shareFile({ clock, files }, { account, by, file }),
  });
}

/** Everybody who listens to what happens, in this order. */
function createAccounts(
  { clock, settings, webhookUrl, changed }: CloudParts,
  sender: WebhookSender,
  cast: Cast,
): Accounts {
  return new Accounts({
    clock,
    settings,
    webhookUrl,
    tell: (account, occurrence) => {
      account.history.note(occurrence);
      sender.tell(account, occurrence);
      changed();
      cast.notice(account, occurrence);
    },
    revive: (account) => {
      sender.resume(account);
      clock.schedule(0, () => cast.resume(account));
    },
  });
}
