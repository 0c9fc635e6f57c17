import type { WebhookEventType } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';
import type { EndpointCheckAnswer, SetupFinding } from '#protocol/endpoint-check';

import { ENDPOINT_WORDS } from '../bridge/endpoint-words';
import { LANGUAGE } from '../ui/language';
import type { StatusTone } from '../ui/status-chip';
import { wordsFor, type MendingWay } from './cause-words';
import { evidenceOf, isOtherSecret } from './check-evidence';
import { toDraft } from './endpoint-draft';
import type { WizardStep } from './wizard-state';

/** One line of the check: what was looked at, how it stands, what that means and what to do. */
export interface CheckItem {
  readonly id: string;
  readonly title: string;
  readonly tone: StatusTone;
  readonly verdict: string;
  readonly detail: string;
  /** Whether the detail is an address, not a sentence. */
  readonly isCode?: boolean;
  readonly cause: string | null;
  readonly remedy: string | null;
  /** Where in this app it is mended; absent where it is not. */
  readonly way?: MendingWay | null;
  readonly evidence: readonly string[];
  /** Of an endpoint: whether what is posted there is taken here. */
  readonly arrives?: boolean;
}

/** Account, app and the five endpoints as the check found them. */
export function checkItems(answer: EndpointCheckAnswer, app: InstallationView): readonly CheckItem[] {
  return [
    messagingItem(answer.findings),
    appItem(answer.findings, app),
    ...answer.findings.flatMap(furtherItem),
    ...endpointItems(answer),
  ];
}

/** The same lines while the check is running. */
export function waitingItems(app: InstallationView): readonly CheckItem[] {
  const waiting = {
    tone: 'info',
    verdict: $localize`Checking…`,
    cause: null,
    remedy: null,
    evidence: [],
  } as const;
  return [
    {
      id: 'messaging',
      title: $localize`Messaging`,
      detail: $localize`The account’s async-messaging property`,
      ...waiting,
    },
    { id: 'app', title: app.client_name, detail: $localize`App key ${app.client_id}`, ...waiting },
    ...toDraft(app.capabilities?.webhooks).map(({ type, url }) => ({
      ...lineOf(type, url === '' ? null : url),
      ...waiting,
    })),
  ];
}

/** The steps in which that is mended which somebody has to do something about. */
export function wrongSteps(items: readonly CheckItem[]): ReadonlySet<WizardStep> {
  return new Set(items.filter((item) => !isFine(item) && !isWaiting(item)).map(stepOf));
}

const STEPS: Readonly<Record<string, WizardStep>> = {
  ...{ messaging: 'messaging', app: 'app', 'secret-missing': 'app' },
  // Only another check is needed.
  'secret-renewed': 'check',
};

const stepOf = ({ id }: CheckItem): WizardStep => STEPS[id] ?? 'endpoints';

/** Whether a person need do nothing about it: an endpoint may be left out. */
export const isFine = ({ tone }: CheckItem): boolean => tone === 'ok' || tone === 'neutral';

/** Whether it is not wrong, but not known yet. */
export const isWaiting = ({ tone }: CheckItem): boolean => tone === 'info';

const has = (findings: readonly SetupFinding[], kind: SetupFinding['kind']): boolean =>
  findings.some((finding) => finding.kind === kind);

function messagingItem(findings: readonly SetupFinding[]): CheckItem {
  const item = { id: 'messaging', title: $localize`Messaging`, evidence: [] };
  if (has(findings, 'messaging-off')) {
    return {
      ...{
        ...item,
        tone: 'danger',
        verdict: $localize`Off`,
        detail: $localize`Common.Async_Messaging is false`,
      },
      cause: $localize`Without messaging the account has no conversations, and nothing is posted.`,
      remedy: $localize`Ask LivePerson to switch messaging on for this account.`,
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
      ...{ cause: null, remedy: $localize`Start a conversation: it will show.` },
    };
  }
  const detail = $localize`The account’s async-messaging property is on.`;
  return { ...item, tone: 'ok', verdict: $localize`On`, detail, cause: null, remedy: null };
}

function appItem(findings: readonly SetupFinding[], app: InstallationView): CheckItem {
  const item = {
    id: 'app',
    title: app.client_name,
    detail: $localize`App key ${app.client_id}`,
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
function furtherItem(finding: SetupFinding): readonly CheckItem[] {
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
  remedy: $localize`This server has read it now. Run the check again to see that it holds.`,
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
  remedy: $localize`Install a new app, or ask LivePerson why this one has no secret.`,
  way: 'new-app',
};

function pendingItem({
  changedAt,
  inEffectAt,
}: Extract<SetupFinding, { kind: 'change-pending' }>): CheckItem {
  return {
    ...{
      id: 'change',
      title: $localize`Latest change`,
      tone: 'info',
      verdict: $localize`Not yet in effect`,
      evidence: [],
    },
    detail: $localize`Changed at ${TIME.format(changedAt)}, in effect by ${TIME.format(inEffectAt)}`,
    cause: $localize`LivePerson takes up to two minutes to act upon a change; until then the old endpoints are called.`,
    remedy: $localize`Wait, then start a conversation: this check is posted by this server and cannot show it.`,
  };
}

const TIME = new Intl.DateTimeFormat(LANGUAGE, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});

function endpointItems({ endpoints, findings }: EndpointCheckAnswer): readonly CheckItem[] {
  const isNoneSet = endpoints.every(({ url }) => url === null);
  const isRenewed = has(findings, 'secret-renewed');
  return endpoints.map((check): CheckItem => ({
    ...lineOf(check.type, check.url),
    ...wordsFor(check),
    ...(isNoneSet && { tone: 'warn' }),
    ...(isRenewed && isOtherSecret(check) && FOLLOWS_FROM_SECRET),
    evidence: evidenceOf(check),
    arrives: ['working', 'slow'].includes(check.cause),
  }));
}

/** One cause is counted and explained once: in the line of the secret. */
const FOLLOWS_FROM_SECRET = {
  tone: 'info',
  verdict: $localize`Run again`,
  cause: $localize`It arrived, signed with the newer secret.`,
  remedy: null,
} as const;

function lineOf(
  type: WebhookEventType,
  url: string | null,
): Pick<CheckItem, 'id' | 'title' | 'detail' | 'isCode'> {
  const { name, about } = ENDPOINT_WORDS[type];
  return { id: type, title: name, detail: url ?? about, isCode: url !== null };
}
