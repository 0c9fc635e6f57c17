import { Service, computed, inject, linkedSignal, signal } from '@angular/core';

import type { InstallationAnswer, InstallationList, MessagingProperty } from '#protocol/bridge-api';
import type { EndpointCheckAnswer } from '#protocol/endpoint-check';
import type { AppKey } from '#protocol/identifiers';

import { AccountApps } from '../bridge/account-apps';
import { Asked } from '../bridge/asked';
import { BridgeClient } from '../bridge/bridge-client';
import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { LastApp } from '../bridge/last-app';
import { SignedInUser } from '../bridge/signed-in-user';
import { checkItems } from './check-items';
import { countChanges, toDraft, withDraft, type EndpointDraft } from './endpoint-draft';
import { UnsavedEndpoints } from './unsaved-endpoints';
import { eligibleApps, type MessagingVerdict, type WizardFacts } from './wizard-state';

/** What the wizard knows and does, as long as its page lives. What was typed survives every failure and every step. */
@Service({ autoProvided: false })
export class WizardStore {
  private readonly bridge = inject(BridgeClient);
  private readonly accountApps = inject(AccountApps);
  private readonly lastApp = inject(LastApp);
  private readonly unsaved = inject(UnsavedEndpoints);
  private readonly signedIn = inject(SignedInUser);

  readonly messaging = new Asked<MessagingProperty>();
  readonly list = new Asked<InstallationList>();
  /** The chosen app as the account has it, with its revision. */
  readonly chosen = new Asked<InstallationAnswer>();
  /** What became of a signed event through each of the chosen app's endpoints. */
  readonly check = new Asked<EndpointCheckAnswer>();
  /** What the check found, line by line; `null` while none is known. */
  readonly checked = computed(() => {
    const [answer, app] = [this.check.value(), this.chosen.value()?.installation];
    if (answer === null || app === undefined) return null;
    if (this.check.isLoading() || this.check.failure() !== null) return null;
    return checkItems(answer, app, this.signedIn.user()?.isEmulated === true ? 'emulator' : 'liveperson');
  });
  private readonly chosenKey = signal<AppKey | null>(null);
  private readonly saving = signal(false);
  private readonly refusal = signal<FailureWords | null>(null);
  private readonly conflict = signal(false);
  private readonly restored = signal(false);
  private unsavedKey = '';

  /** The five endpoints as they are being edited; starts anew with each version of the app that is read. */
  readonly draft = linkedSignal<EndpointDraft[]>(() => [...this.savedDraft()]);

  readonly isSaving = this.saving.asReadonly();
  readonly saveFailure = this.refusal.asReadonly();
  /** Somebody changed the app since it was read: the person decides. */
  readonly isConflict = this.conflict.asReadonly();
  /** Whether the draft holds what a session's end interrupted. */
  readonly isRestored = this.restored.asReadonly();
  readonly appKey = this.chosenKey.asReadonly();
  readonly apps = computed(() => eligibleApps(this.list.value()?.installations ?? []));
  readonly app = computed(() => this.apps().find(({ id }) => id === this.chosenKey()) ?? null);
  readonly webhooks = computed(() => this.chosen.value()?.installation.capabilities?.webhooks);
  private readonly savedDraft = computed(() => toDraft(this.webhooks()));
  /** How many endpoints are not as they are saved. */
  readonly editedCount = computed(() => countChanges(this.draft(), this.savedDraft()));
  readonly isEdited = computed(() => this.editedCount() > 0);
  readonly verdict = computed<MessagingVerdict>(() => verdictOf(this.messaging));
  readonly facts = computed<WizardFacts>(() => ({
    messaging: this.verdict(),
    hasApp: this.app() !== null,
    areEndpointsSettled: this.chosen.value() !== null && !this.isEdited(),
  }));
  /** Whether the first look at the account is still under way. */
  readonly isStarting = computed(
    () => this.verdict() === 'waiting' || isFirstAsk(this.list) || isFirstAsk(this.chosen),
  );

  /** Reads the account; `appKey` is chosen when it is there, and the only app when none is named. */
  async start(appKey: AppKey | null): Promise<void> {
    const messaging = this.readMessaging();
    if (appKey !== null) await this.choose(appKey);
    await this.readApps();
    await messaging;
  }

  async readMessaging(): Promise<void> {
    await this.messaging.ask(() => this.bridge.messagingProperty());
  }

  /** What was chosen before the list was there is read as soon as it is. */
  async readApps(): Promise<void> {
    await this.list.ask(() => this.accountApps.read());
    const onlyApp = this.apps().length === 1 ? this.apps()[0]?.id : undefined;
    const key = this.chosenKey() ?? onlyApp ?? null;
    if (key !== null) await this.choose(key);
  }

  async choose(key: AppKey): Promise<void> {
    if (key === this.chosenKey() && this.chosen.value() !== null) return;
    this.unsavedKey = this.unsaved.keyOf(key);
    this.chosenKey.set(key);
    this.chosen.forget();
    this.check.forget();
    this.settle();
    // An app that is not there cannot be read either; the step says so.
    if (this.app() === null) return;
    this.lastApp.rememberSetUp(key);
    await this.readChosen();
  }

  async readChosen(): Promise<void> {
    const key = this.chosenKey();
    if (key !== null && (await this.chosen.ask(() => this.bridge.installation(key)))) this.restore();
  }

  /**
   * Tries the endpoints, then reads the app, so that both tell of the same moment.
   *
   * In this order: reading the app also tells the server its current secret, and the check is to find out when it was
   * another. What is edited by then stays on the version that it was typed over, so that a newer one is noticed when it is
   * saved.
   */
  async runCheck(): Promise<void> {
    const key = this.chosenKey();
    if (key === null) return;
    await this.check.ask(() => this.bridge.checkEndpoints(key));
    // Another app was chosen by then.
    if (key !== this.chosenKey()) return;
    await this.chosen.ask(async () => {
      const newest = await this.bridge.installation(key);
      const base = this.chosen.value();
      return base !== null && this.isEdited() ? base : newest;
    });
  }

  /** Keeps the draft for the next time the app is chosen. */
  keepForLater(): void {
    const base = this.chosen.value();
    if (base !== null) this.unsaved.keep(this.unsavedKey, { base, draft: this.draft() });
  }

  revert(): void {
    this.draft.set([...this.savedDraft()]);
    this.settle();
  }

  useForAll(url: string): void {
    this.draft.update((endpoints) => endpoints.map((endpoint) => ({ ...endpoint, url })));
  }

  /** Saves the draft on top of the version it was made from; answers whether that worked. */
  async save(): Promise<boolean> {
    const base = this.chosen.value();
    if (base === null || this.saving()) return false;
    const sent = this.draft();
    this.saving.set(true);
    this.forgetRefusal();
    try {
      const webhooks = withDraft(base.installation.capabilities?.webhooks, sent);
      const { id } = base.installation;
      this.take(await this.bridge.updateWebhooks(id, { webhooks, revision: base.revision }), sent);
      return true;
    } catch (failure) {
      this.refusal.set(wordsOf(failure));
      this.conflict.set(failure instanceof BridgeFailure && failure.code === 'revision-conflict');
      return false;
    } finally {
      this.saving.set(false);
    }
  }

  /** Takes the newer version after a conflict: with its endpoints, or with what was typed laid over it. */
  async takeNewer(keep: 'theirs' | 'mine'): Promise<void> {
    const mine = this.draft();
    await this.readChosen();
    if (this.chosen.failure() !== null) return;
    this.settle();
    if (keep === 'mine') this.draft.set(mine);
  }

  /** What was typed while the save was on its way is laid over the answer. */
  private take(answer: InstallationAnswer, sent: readonly EndpointDraft[]): void {
    // Another app was chosen by then.
    if (this.chosenKey() !== answer.installation.id) return;
    const typed = this.draft();
    this.chosen.take(answer);
    this.restored.set(false);
    this.draft.update((saved) => saved.map((now, at) => (typed[at] === sent[at] ? now : (typed[at] ?? now))));
  }

  /** On top of the version that it was typed over, so that a newer one is noticed when it is saved. */
  private restore(): void {
    const kept = this.chosen.value() === null ? null : this.unsaved.take(this.unsavedKey);
    if (kept === null) return;
    this.chosen.take(kept.base);
    this.draft.set([...kept.draft]);
    this.restored.set(true);
  }

  private settle(): void {
    this.restored.set(false);
    this.forgetRefusal();
  }

  private forgetRefusal(): void {
    this.refusal.set(null);
    this.conflict.set(false);
  }
}

const isFirstAsk = (asked: Asked<unknown>): boolean => asked.isLoading() && asked.value() === null;

function verdictOf(messaging: Asked<MessagingProperty>): MessagingVerdict {
  const isEnabled = messaging.value()?.isEnabled;
  if (isEnabled === true) return 'enabled';
  if (isEnabled === false) return 'disabled';
  if (isEnabled === null || messaging.failure() !== null) return 'unknown';
  return 'waiting';
}
