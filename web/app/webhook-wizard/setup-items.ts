import type { InstallationView } from '#protocol/bridge-api';
import type { EndpointCheck, SetupFinding } from '#protocol/endpoint-check';
import type { CloudEnvironment } from '#protocol/problem';

import { secondsWords } from '../ui/time-words';
import type { CheckItem } from './check-item';

/** Whether it was found. */
export const has = (findings: readonly SetupFinding[], kind: SetupFinding['kind']): boolean =>
  findings.some((finding) => finding.kind === kind);

/** Whether the account may hold conversations at all. */
export function messagingItem(findings: readonly SetupFinding[], environment: CloudEnvironment): CheckItem {
  const item = { id: 'messaging', title: $localize`Messaging`, evidence: [] };
  if (has(findings, 'messaging-off')) {
    const detail = $localize`${ASYNC_MESSAGING} is false`;
    return { ...item, verdict: $localize`Off`, detail, way: 'messaging', ...OFF[environment] };
  }
  if (has(findings, 'messaging-unknown')) {
    return {
      ...{
        ...item,
        tone: 'info',
        verdict: $localize`Unknown`,
        detail: $localize`The account’s async-messaging property is not listed, or could not be read.`,
      },
      ...{
        cause: null,
        remedy: $localize`Start a conversation: LivePerson opens none where messaging is off.`,
      },
    };
  }
  const detail = $localize`The account’s async-messaging property is on.`;
  return { ...item, tone: 'ok', verdict: $localize`On`, detail, cause: null, remedy: null };
}

const ASYNC_MESSAGING = '`Common.Async_Messaging`';
const OFF = {
  liveperson: {
    tone: 'danger',
    cause: $localize`Without messaging the account has no conversations, and nothing is posted.`,
    remedy: $localize`Ask LivePerson’s support or your account team to switch on ${ASYNC_MESSAGING}, then run the check again.`,
    stopsConversations: true,
  },
  // The emulator tells the property, and opens conversations all the same: how they are refused is not documented.
  emulator: {
    tone: 'warn',
    cause: $localize`It was switched off in the emulator. A real account has no conversations then.`,
    remedy: $localize`The first step has the command that switches it on again.`,
  },
} as const satisfies Readonly<Record<CloudEnvironment, Partial<CheckItem>>>;

/** The app’s id, as code. */
export const appIdWords = ({ client_id }: InstallationView): string =>
  $localize`App id ${`\`${client_id}\``}`;

/** Whether the app is one that the cloud posts for. */
export function appItem(findings: readonly SetupFinding[], app: InstallationView): CheckItem {
  const item = {
    id: 'app',
    title: app.client_name,
    detail: appIdWords(app),
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
    stopsConversations: true,
  };
}

/** Findings that have a line only when they are there. */
export function furtherItem(
  finding: SetupFinding,
  endpoints: readonly EndpointCheck[],
): readonly CheckItem[] {
  switch (finding.kind) {
    case 'secret-renewed':
      return [endpoints.some(isOtherSecret) ? SECRET_RENEWED : SECRET_LEARNED];
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

/** A body that came as it was sent and a signature that does not fit it: with a renewed secret it is known why. */
export const isOtherSecret = ({ cause, signature }: EndpointCheck): boolean =>
  cause === 'signature-refused' && signature === 'body-differs';

const NEWER_SECRET = {
  ...{ id: 'secret-renewed', title: $localize`App secret`, verdict: $localize`Renewed`, evidence: [] },
  detail: $localize`The account has a newer secret than this server knew.`,
} as const;

const SECRET_RENEWED: CheckItem = {
  ...NEWER_SECRET,
  tone: 'warn',
  cause: $localize`The events signed with the newer secret were refused here.`,
  // What is to be done stands above all lines.
  remedy: null,
};

/** It was learned in time: nothing of this check was refused for it. */
const SECRET_LEARNED: CheckItem = {
  ...NEWER_SECRET,
  tone: 'ok',
  cause: $localize`This server has read it now, and takes what is signed with it.`,
  remedy: null,
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
  remedy: $localize`Install a new app: it gets an id and a secret of its own.`,
  way: 'new-app',
  stopsConversations: true,
};

function pendingItem({
  changedAt,
  inEffectAt,
}: Extract<SetupFinding, { kind: 'change-pending' }>): CheckItem {
  const by = secondsWords(inEffectAt);
  return {
    ...{
      id: 'change',
      title: $localize`Latest change`,
      tone: 'info',
      verdict: $localize`Not yet in effect`,
      evidence: [],
    },
    detail: $localize`Changed at ${secondsWords(changedAt)}, in effect by ${by}`,
    cause: $localize`LivePerson takes up to two minutes to act upon a change; until then it uses the old endpoints.`,
    remedy: $localize`Run the check again after ${by}\: this line is gone then, and LivePerson uses the new endpoints.`,
  };
}
