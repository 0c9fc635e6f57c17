import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router, RouterLink, type NavigationExtras } from '@angular/router';

import { asAppKey, type AppKey } from '#protocol/identifiers';

import { SignedInUser } from '../bridge/signed-in-user';
import { ThisServer } from '../bridge/this-server';
import { countPlaces } from '../bridge/webhook-endpoints';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Icon } from '../ui/icon';
import { AppStep } from './app-step';
import { wrongSteps } from './check-items';
import { CheckStep } from './check-step';
import { endpointFieldId } from './endpoint-field';
import { EndpointsStep } from './endpoints-step';
import { MessagingStep } from './messaging-step';
import { WizardStepper } from './wizard-stepper';
import { WizardStore } from './wizard-store';
import {
  afterCheck,
  asStep,
  stepAfter,
  stepBefore,
  stepStates,
  stepToShow,
  type WizardStep,
} from './wizard-state';

/** From sign-in to a working connector in four steps; the URL holds app and step. */
@Component({
  selector: 'app-wizard-page',
  imports: [AppStep, CheckStep, ConfirmDialog, EndpointsStep, Icon, MessagingStep, RouterLink, WizardStepper],
  providers: [WizardStore],
  templateUrl: './wizard-page.html',
  styleUrl: './wizard-page.scss',
  host: { '(window:beforeunload)': 'warnOfLoss($event)' },
})
export class WizardPage {
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly destroyRef = inject(DestroyRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly thisServer = inject(ThisServer);
  private readonly signedIn = inject(SignedInUser);
  protected readonly store = inject(WizardStore);

  /** App of `/apps/:appKey/setup`. */
  readonly appKey = input<string>();
  /** App of `/setup?app=`. */
  readonly app = input<string>();
  readonly step = input<string>();

  private readonly leaveDialog = viewChild.required<ConfirmDialog>('leaveDialog');
  private readonly hasStarted = signal(false);
  private readonly wanted = computed(() =>
    asStep(this.step(), this.appKey() === undefined ? 'messaging' : 'endpoints'),
  );
  protected readonly states = computed(() => {
    const states = stepStates(this.store.facts());
    const checked = this.store.checked();
    return checked === null ? states : afterCheck(states, wrongSteps(checked));
  });
  protected readonly current = computed(() => stepToShow(this.wanted(), this.store.facts()));
  /** A later step was asked for, and what decides about it is still on its way. */
  protected readonly isWaiting = computed(() => this.store.isStarting() && this.wanted() !== 'messaging');
  protected readonly isReady = computed(() => {
    const { messaging, areEndpointsSettled } = this.store.facts();
    const isAllHere = countPlaces(this.store.webhooks(), this.thisServer.webhookUrls()).here === 5;
    return messaging === 'enabled' && areEndpointsSettled && isAllHere;
  });
  /** Only a check knows. */
  protected readonly isProven = computed(() => {
    const checked = this.store.checked();
    return checked !== null && wrongSteps(checked).size === 0;
  });

  constructor() {
    effect(() => {
      const key = this.appKey() ?? this.app();
      const appKey = key === undefined ? null : asAppKey(key);
      untracked(() => void this.begin(appKey));
    });
  }

  /** Asks where edited endpoints would get lost. When the session ended, nobody is asked, and nothing is lost. */
  async mayLeave(): Promise<boolean> {
    if (!this.store.isEdited()) return true;
    if (!this.signedIn.isSignedIn()) {
      this.store.keepForLater();
      return true;
    }
    const isConfirmed = await this.leaveDialog().ask();
    // Asked once: whoever leads away may ask the page again.
    if (isConfirmed) this.store.revert();
    return isConfirmed;
  }

  protected warnOfLoss(event: Event): void {
    if (this.store.isEdited() && this.signedIn.isSignedIn()) event.preventDefault();
  }

  protected goOn(): void {
    this.goTo(stepAfter(this.current()));
  }

  protected goBack(): void {
    this.goTo(stepBefore(this.current()));
  }

  protected goTo(step: WizardStep): void {
    void this.lead(step, 'h2');
  }

  /** To the step before the check, and there to the field of this kind of notification. */
  protected goToEndpoint(type: string): void {
    void this.lead('endpoints', `#${endpointFieldId(type)}`);
  }

  /** To the first step, which asks the account anew. */
  protected goToMessaging(): void {
    void this.store.readMessaging();
    this.goTo('messaging');
  }

  /** @param focused Selector of what takes the focus there. */
  private async lead(step: WizardStep, focused: string): Promise<void> {
    // The page may stay as it is, or be gone by then.
    const isThere = await this.show(step);
    if (!isThere || this.destroyRef.destroyed) return;
    afterNextRender({ write: () => this.focus(focused) }, { injector: this.injector });
  }

  /** To the step of the chosen app. */
  private show(step: WizardStep, extras: NavigationExtras = {}): Promise<boolean> {
    const key = this.store.appKey();
    const isOnApp = this.appKey() !== undefined && key !== null;
    const path = isOnApp ? ['/apps', key, 'setup'] : ['/setup'];
    const queryParams = isOnApp || key === null ? { step } : { app: key, step };
    return this.router.navigate(path, { ...extras, queryParams });
  }

  private async begin(appKey: AppKey | null): Promise<void> {
    if (this.hasStarted()) {
      if (appKey !== null) await this.change(appKey);
      return;
    }
    this.hasStarted.set(true);
    await this.store.start(appKey);
  }

  /** The address may change within the page, where nobody has asked yet. */
  private async change(appKey: AppKey): Promise<void> {
    if (appKey === this.store.appKey() || (await this.mayLeave())) await this.store.choose(appKey);
    else await this.show(this.current(), { replaceUrl: true });
  }

  private focus(selector: string): void {
    this.host.nativeElement.querySelector<HTMLElement>(selector)?.focus();
  }
}
