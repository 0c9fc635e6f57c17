import { isConnectorApp } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';

export const WIZARD_STEPS = ['messaging', 'app', 'endpoints', 'check'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export const STEP_NAMES: Readonly<Record<WizardStep, string>> = {
  messaging: $localize`Messaging`,
  app: $localize`Choose an app`,
  endpoints: $localize`Webhook endpoints`,
  check: $localize`Check`,
};

/** Whether messaging is on, as far as this page knows. `unknown`: not listed, or it could not be read. */
export type MessagingVerdict = 'waiting' | 'enabled' | 'disabled' | 'unknown';

/** What decides how far one may go. */
export interface WizardFacts {
  readonly messaging: MessagingVerdict;
  readonly hasApp: boolean;
  /** The chosen app's endpoints are read, and none is edited but not saved. */
  readonly areEndpointsSettled: boolean;
}

/** `wrong`: can be entered like one that is done, but the last check found something that is mended there. */
export type StepState = 'done' | 'open' | 'blocked' | 'wrong';

/** The states after a check: what it found is no longer ticked, and it is done itself when it found nothing. */
export function afterCheck(
  states: Readonly<Record<WizardStep, StepState>>,
  wrong: ReadonlySet<WizardStep>,
): Readonly<Record<WizardStep, StepState>> {
  const stateOf = (step: WizardStep): StepState =>
    states[step] === 'done' && wrong.has(step) ? 'wrong' : states[step];
  return {
    messaging: stateOf('messaging'),
    app: stateOf('app'),
    endpoints: stateOf('endpoints'),
    check: wrong.size === 0 && states.check === 'open' ? 'done' : states.check,
  };
}

/** Whether the work of a step is done. The check has no end: it can always be looked at again. */
export function isDone(step: WizardStep, facts: WizardFacts): boolean {
  switch (step) {
    case 'messaging':
      return facts.messaging === 'enabled' || facts.messaging === 'unknown';
    case 'app':
      return facts.hasApp;
    case 'endpoints':
      return facts.areEndpointsSettled;
    case 'check':
      return false;
    default:
      return step satisfies never;
  }
}

/** State of each step: done ones and the first that is not can be entered, the rest wait for it. */
export function stepStates(facts: WizardFacts): Readonly<Record<WizardStep, StepState>> {
  const states: Record<WizardStep, StepState> = {
    messaging: 'open',
    app: 'blocked',
    endpoints: 'blocked',
    check: 'blocked',
  };
  for (const step of WIZARD_STEPS) {
    const isStepDone = isDone(step, facts);
    states[step] = isStepDone ? 'done' : 'open';
    if (!isStepDone) break;
  }
  return states;
}

/** The step to show when `wanted` is asked for: itself, or the one that must be done before. */
export function stepToShow(wanted: WizardStep, facts: WizardFacts): WizardStep {
  const firstUndone = WIZARD_STEPS.find((step) => !isDone(step, facts)) ?? 'check';
  return WIZARD_STEPS.indexOf(wanted) <= WIZARD_STEPS.indexOf(firstUndone) ? wanted : firstUndone;
}

/** The step after this one; the last one stays. */
export const stepAfter = (step: WizardStep): WizardStep =>
  WIZARD_STEPS[WIZARD_STEPS.indexOf(step) + 1] ?? step;

/** The step before this one; the first one stays. */
export const stepBefore = (step: WizardStep): WizardStep =>
  WIZARD_STEPS[WIZARD_STEPS.indexOf(step) - 1] ?? step;

/** Reads a step from the URL. */
export const asStep = (text: string | undefined, otherwise: WizardStep): WizardStep =>
  WIZARD_STEPS.find((step) => step === text) ?? otherwise;

/** The apps a chat can be held with: enabled connector apps, by name. */
export function eligibleApps(installations: readonly InstallationView[]): readonly InstallationView[] {
  return installations
    .filter((app) => app.enabled && app['deleted'] !== true && isConnectorApp(app))
    .toSorted((a, b) => a.client_name.localeCompare(b.client_name));
}
