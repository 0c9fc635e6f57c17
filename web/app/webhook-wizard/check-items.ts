import type { WebhookEventType } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';
import type { EndpointCheck, EndpointCheckAnswer } from '#protocol/endpoint-check';
import type { CloudEnvironment } from '#protocol/problem';

import { ENDPOINT_WORDS } from '../bridge/endpoint-words';
import { wordsFor } from './cause-words';
import { evidenceOf } from './check-evidence';
import type { Arrival, CheckItem } from './check-item';
import { toDraft } from './endpoint-draft';
import { appItem, appIdWords, furtherItem, has, isOtherSecret, messagingItem } from './setup-items';
import type { WizardStep } from './wizard-state';

/** Account, app and the five endpoints as the check found them; where the account is decides what can be done. */
export function checkItems(
  answer: EndpointCheckAnswer,
  app: InstallationView,
  environment: CloudEnvironment,
): readonly CheckItem[] {
  return [
    messagingItem(answer.findings, environment),
    appItem(answer.findings, app),
    ...answer.findings.flatMap((finding) => furtherItem(finding, answer.endpoints)),
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
    { id: 'app', title: app.client_name, detail: appIdWords(app), ...waiting },
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

function endpointItems({ endpoints, findings }: EndpointCheckAnswer): readonly CheckItem[] {
  const isNoneSet = endpoints.every(({ url }) => url === null);
  const isRenewed = has(findings, 'secret-renewed');
  return endpoints.map((check): CheckItem => ({
    ...lineOf(check.type, check.url),
    ...wordsFor(check),
    ...(isNoneSet && { tone: 'warn' }),
    evidence: evidenceOf(check),
    ...(isRenewed && isOtherSecret(check) && newerSecret(check)),
    arrival: arrivalOf(check),
  }));
}

/** One cause is counted and explained once: in the line of the secret. */
const newerSecret = (
  check: EndpointCheck,
): Pick<CheckItem, 'tone' | 'verdict' | 'cause' | 'remedy' | 'evidence'> => ({
  ...{ tone: 'info', verdict: $localize`Newer secret`, cause: null, remedy: null },
  evidence: evidenceOf(check, $localize`Signature: made with the newer secret`),
});

function arrivalOf({ cause, hasArrived, signature }: EndpointCheck): Arrival {
  if (cause === 'working') return 'fine';
  if (cause === 'slow') return 'slow';
  if (cause === 'no-endpoint') return 'unsent';
  if (!hasArrived) return 'lost';
  return signature === 'valid' ? 'unacknowledged' : 'refused';
}

function lineOf(
  type: WebhookEventType,
  url: string | null,
): Pick<CheckItem, 'id' | 'title' | 'detail' | 'isCode'> {
  const { name } = ENDPOINT_WORDS[type];
  return { id: type, title: name, detail: url ?? $localize`No URL entered`, isCode: url !== null };
}
