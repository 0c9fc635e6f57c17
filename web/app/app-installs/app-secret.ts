import { Component, computed, inject, input, signal } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { wordsOf } from '../bridge/failure-words';
import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { Toasts } from '../ui/toasts';

/** An app's secret: masked, fetched only when an administrator asks to see or copy it, and forgotten when hidden. */
@Component({
  selector: 'app-app-secret',
  imports: [CopyButton, Icon],
  template: `@if (hasSecret()) {
      <code class="secret" [class.is-shown]="isShown()">{{ text() }}</code>
      <button
        type="button"
        class="reveal"
        [attr.aria-label]="toggleLabel()"
        [attr.title]="toggleTitle()"
        [attr.aria-disabled]="isFetching()"
        (click)="toggle()"
      >
        <app-icon [name]="isShown() ? 'eyeOff' : 'eye'" />
      </button>
      <app-copy-button
        [source]="copySource"
        what="secret of {{ appName() }}"
        i18n-what
        (failed)="tell($event)"
      />
    } @else {
      <span i18n class="none">None</span>
    }`,
  styleUrl: './app-secret.scss',
})
export class AppSecret {
  private readonly bridge = inject(BridgeClient);
  private readonly toasts = inject(Toasts);

  readonly appKey = input.required<AppKey>();
  readonly appName = input.required<string>();
  readonly hasSecret = input.required<boolean>();

  private readonly revealed = signal<string | null>(null);
  /** Meanwhile the button only says that it is disabled: one that is has no focus for the keyboard to go on from. */
  protected readonly isFetching = signal(false);
  protected readonly isShown = computed(() => this.revealed() !== null);
  protected readonly text = computed(() => this.revealed() ?? MASK);
  protected readonly toggleLabel = computed(() =>
    this.isShown()
      ? $localize`Hide secret of ${this.appName()}`
      : $localize`Reveal secret of ${this.appName()}`,
  );
  protected readonly toggleTitle = computed(() =>
    this.isShown() ? $localize`Hide secret` : $localize`Reveal secret`,
  );
  protected readonly copySource = (): Promise<string> => this.fetch();

  protected async toggle(): Promise<void> {
    if (this.isFetching()) return;
    if (this.isShown()) {
      this.revealed.set(null);
      return;
    }
    this.isFetching.set(true);
    try {
      this.revealed.set(await this.fetch());
    } catch (failure) {
      this.tell(failure);
    } finally {
      this.isFetching.set(false);
    }
  }

  protected tell(failure: unknown): void {
    if (failure instanceof DOMException) {
      this.toasts.error(
        $localize`The browser does not let this page copy`,
        $localize`Reveal the secret and copy it by hand.`,
      );
      return;
    }
    const { title, next } = wordsOf(failure);
    this.toasts.error($localize`Could not read the secret: ${title}`, next);
  }

  private async fetch(): Promise<string> {
    const { clientSecret } = await this.bridge.revealSecret(this.appKey());
    return clientSecret ?? '';
  }
}

/** As many as fit at every width: no secret's length. */
const MASK = '•'.repeat(15);
