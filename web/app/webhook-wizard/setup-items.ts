import type { InstallationView } from '#protocol/bridge-api';
import type { SetupFinding } from '#protocol/endpoint-check';
import type { CloudEnvironment } from '#protocol/problem';

import { LANGUAGE } from '../ui/language';
import type { CheckItem } from './check-item';

/** Whether it was found. */
export const has = (findings: readonly SetupFinding[], kind: SetupFinding['kind']): boolean =>
  findings.some((finding) => finding.kind === kind);

/** Whether the account may hold conversations at all. */
export function messagingItem(findings: readonly SetupFinding[], environment: CloudEnvironment): CheckItem {
  const item = { id: 'messaging', title: $localize`Messaging`, evidence: [] };
  if (has(findings, 'messaging-off')) {
    return {
      ...{
        ...item,
        tone: 'danger',
        verdict: $localize`Off`,
        detail: $localize`${ASYNC_MESSAGING} is false`,
      },
      cause: $localize`Without messaging the account has no conversations, and nothing is posted.`,
      remedy: SWITCH_ON[environment],
      way: 'messaging',
    };
  }
  if (has(findings, 'messaging-unknown')) {
    return {
      ...{
        ...item,
        tone: 'info',
        verdict: $localize`Unknown`,
        detail: $localize`The account does not tell the property.`,
      },
      ...{ cause: null, remedy: $localize`Start a conversation: where messaging is off, it is refused.` },
    };
  }
  const detail = $localize`The account’s async-messaging property is on.`;
  return { ...item, tone: 'ok', verdict: $localize`On`, detail, cause: null, remedy: null };
}

const ASYNC_MESSAGING = '`Common.Async_Messaging`';
const SWITCH_ON: Readonly<Record<CloudEnvironment, string>> = {
  liveperson: $localize`Ask LivePerson’s support or your account team to switch on ${ASYNC_MESSAGING}, then run the check again.`,
  emulator: $localize`It was switched off in the emulator: the first step has the command that switches it on again.`,
};

/** The app’s key, as code. */
export const appKeyWords = ({ client_id }: InstallationView): string =>
  $localize`App key ${`\`${client_id}\``}`;

/** Whether the app is one that the cloud posts for. */
export function appItem(findings: readonly SetupFinding[], app: InstallationView): CheckItem {
  const item = {
    id: 'app',
    title: app.client_name,
    detail: appKeyWords(app),
    evidence: [],
  };
  if (!has(findings, 'app-disabled')) {
    return { ...item, tone: 'ok', verdict: $localize`Enabled`, cause: null, remedy: null };
  }
  return {
    ...{ ...item, tone: 'danger', verdict: $localize`Disabled` },
    cause: $localize`A disabled app gets no token and no notification, however good its endpoints are.`,
    remedy: $localize`Enable it in the list of apps, then run the check again.`,
    way: 'list',
  };
}

/** Findings that have a line only when they are there. */
export function furtherItem(finding: SetupFinding): readonly CheckItem[] {
  switch (finding.kind) {
    case 'secret-renewed':
      return [SECRET_RENEWED];
    case 'secret-missing':
      return [SECRET_MISSING];
    case 'change-pending':
      return [pendingItem(finding)];
    case 'app-disabled':
    case 'messaging-off':
    case 'messaging-unknown':
      return [];
    default:
      return finding satisfies never;
  }
}

const SECRET_RENEWED: CheckItem = {
  ...{
    id: 'secret-renewed',
    title: $localize`App secret`,
    tone: 'warn',
    verdict: $localize`Renewed`,
    evidence: [],
  },
  detail: $localize`The account has a newer secret than this server knew.`,
  cause: $localize`Until this check, whatever was signed with the newer one was refused here.`,
  remedy: $localize`This server has read it now: run the check again to see that the signatures hold.`,
};

const SECRET_MISSING: CheckItem = {
  ...{
    id: 'secret-missing',
    title: $localize`App secret`,
    tone: 'danger',
    verdict: $localize`Missing`,
    evidence: [],
  },
  detail: $localize`The account gives no secret for this app.`,
  cause: $localize`Without it no signature can be made or verified.`,
  remedy: $localize`Install a new app: it gets a key and a secret of its own.`,
  way: 'new-app',
};

function pendingItem({
  changedAt,
  inEffectAt,
}: Extract<SetupFinding, { kind: 'change-pending' }>): CheckItem {
  const by = TIME.format(inEffectAt);
  return {
    ...{
      id: 'change',
      title: $localize`Latest change`,
      tone: 'info',
      verdict: $localize`Not yet in effect`,
      evidence: [],
    },
    detail: $localize`Changed at ${TIME.format(changedAt)}, in effect by ${by}`,
    cause: $localize`LivePerson takes up to two minutes to act upon a change; until then the old endpoints are called.`,
    remedy: $localize`Run the check again after ${by}\: this line is gone then, and the new endpoints are called.`,
  };
}

const TIME = new Intl.DateTimeFormat(LANGUAGE, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});
