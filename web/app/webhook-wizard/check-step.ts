import { Component, DestroyRef, ElementRef, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import type { AppKey } from '#protocol/identifiers';

import { CodeWords } from '../ui/code-words';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { Shortcuts } from '../ui/shortcuts';
import { StatusChip } from '../ui/status-chip';
import { adviceOnce } from './advice-once';
import type { MendingWay } from './cause-words';
import type { CheckItem } from './check-item';
import { waitingItems } from './check-items';
import { summaryOf } from './check-summary';
import { WizardStore } from './wizard-store';

/** Step 4: a signed event through every endpoint and back, what became of it, and the way into the chat. */
@Component({
  selector: 'app-check-step',
  imports: [CodeWords, FailureNote, Icon, MatButton, RouterLink, StatusChip],
  templateUrl: './check-step.html',
  styleUrls: ['./wizard-step.scss', './check-step.scss'],
})
export class CheckStep {
  protected readonly store = inject(WizardStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly back = output();
  /** The endpoint of this kind of notification is to be changed. */
  readonly endpointRequested = output<string>();
  /** The account is to be looked at again. */
  readonly messagingRequested = output();

  protected readonly isRunning = this.store.check.isLoading;
  protected readonly failure = this.store.check.failure;
  protected readonly items = computed(() => {
    const app = this.store.chosen.value()?.installation;
    if (app === undefined) return [];
    return this.store.checked() ?? waitingItems(app);
  });
  protected readonly lines = computed(() => adviceOnce(this.items()));
  /** Something has to be mended before a chat makes sense, or nothing is known. */
  protected readonly isAgainFirst = computed(
    () => this.failure() !== null || this.summary().next === 'again',
  );
  /** What a screen reader hears, and what stands above the lines. */
  protected readonly summary = computed(() => (this.isRunning() ? RUNNING : summaryOf(this.items())));

  /** An address breaks at its slashes before it breaks within a word. */
  protected readonly partsOf = (detail: string): readonly string[] => detail.split(/(?<=\/)(?!\/)/);

  protected readonly icons = { ok: 'check', info: 'clock', warn: 'alert', danger: 'alert' } as const;

  constructor() {
    void this.store.runCheck();
    const stop = inject(Shortcuts).register({
      ...{ key: 'r', words: $localize`Run the check again`, group: $localize`Set-up` },
      run: () => void (this.isRunning() || this.runAgain()),
    });
    inject(DestroyRef).onDestroy(stop);
  }

  /** Where the link of a line leads; `null`: to another step, or it has none. */
  protected linkOf({ way }: CheckItem): MendingLink | null {
    const key = this.store.appKey();
    return key === null || way === null || way === undefined ? null : linkFor(way, key);
  }

  protected async runAgain(): Promise<void> {
    await this.store.runCheck();
    // The button was disabled meanwhile; whoever pressed it by keyboard goes on from the result.
    this.host.nativeElement.querySelector<HTMLElement>('h2')?.focus();
  }
}

const RUNNING = {
  tone: 'info',
  words: $localize`Checking: a signed event is on its way through each endpoint.`,
  outlook: null,
  next: 'chat',
} as const;

interface MendingLink {
  readonly label: string;
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

function linkFor(way: MendingWay, key: AppKey): MendingLink | null {
  switch (way) {
    case 'messaging':
    case 'endpoint':
      return null;
    case 'headers':
      return {
        label: $localize`Edit its headers`,
        path: ['/apps', key, 'edit'],
        query: { section: 'webhooks' },
      };
    case 'list':
      return { label: $localize`Show it in the list of apps`, path: ['/apps'], query: { filter: key } };
    case 'new-app':
      return { label: $localize`Install a new app`, path: ['/apps/new'], query: {} };
    default:
      return way satisfies never;
  }
}
