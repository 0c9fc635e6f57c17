import { Service, computed, inject } from '@angular/core';
import { Router } from '@angular/router';

import { isConnectorApp } from '#protocol/app-installation';

import { AccountApps } from '../../bridge/account-apps';
import { LastApp } from '../../bridge/last-app';
import { SignedInUser } from '../../bridge/signed-in-user';
import type { IconName } from '../../ui/icon';
import { PageCommands, type Command } from '../../ui/page-commands';
import { FrameOverlays } from '../frame-overlays';
import { Leaving } from '../leaving';
import { ThemeChoice, type Theme } from '../theme-choice';
import { fitOfAll } from './letters';

/** All that can be done from everywhere; pages and apps only while somebody is signed in. */
@Service({ autoProvided: false })
export class Commands {
  private readonly accountApps = inject(AccountApps);
  private readonly router = inject(Router);
  private readonly signedIn = inject(SignedInUser);
  private readonly lastApp = inject(LastApp);
  private readonly overlays = inject(FrameOverlays);
  private readonly leaving = inject(Leaving);
  private readonly theme = inject(ThemeChoice);
  private readonly ofPage = inject(PageCommands).all;

  /** Why the apps could not be read; `null` when they could. */
  readonly failure = this.accountApps.failure;

  readonly all = computed<readonly Command[]>(() => [
    ...(this.signedIn.isSignedIn() ? [...this.pages(), ...this.ofPage(), ...this.apps()] : []),
    ...this.looks(),
    command('keyboard', $localize`Keyboard map`, 'help', () => this.overlays.open('keyboard')),
    command('about', $localize`About`, 'info', () => this.overlays.open('about')),
    ...(this.signedIn.isSignedIn()
      ? [command('sign-out', $localize`Sign out`, 'logout', () => this.leaving.signOut())]
      : []),
  ]);

  async readApps(): Promise<void> {
    if (!this.signedIn.isSignedIn()) return;
    // Why they could not be read stands below those that are known.
    await this.accountApps.recent().catch(() => null);
  }

  private pages(): readonly Command[] {
    const appKey = this.lastApp.appKey();
    const conversation =
      appKey === null
        ? []
        : [command('new', $localize`New conversation`, 'add', this.go(['/apps', appKey, 'chat']))];
    return [
      ...conversation,
      command('apps', $localize`Go to apps`, 'menu', this.go(['/apps'])),
      command('setup', $localize`Go to set-up`, 'server', this.go(['/setup'])),
      command('workbench', $localize`Go to workbench`, 'chat', this.go(['/workbench'])),
      command('new-app', $localize`Create app`, 'add', this.go(['/apps/new'])),
    ];
  }

  private apps(): readonly Command[] {
    const apps = (this.accountApps.known()?.installations ?? []).filter(isConnectorApp);
    return apps.flatMap(({ id, client_name: about, enabled }) => {
      const at = (what: string): string => `${what}:${id}`;
      const edit = {
        ...command(at('edit'), $localize`Edit app`, 'edit', this.go(['/apps', id, 'edit'])),
        about,
      };
      if (!enabled) return [edit];
      const setup = ['/apps', id, 'setup'];
      return [
        { ...command(at('chat'), $localize`Open chat`, 'chat', this.go(['/apps', id, 'chat'])), about },
        { ...command(at('setup'), $localize`Set up webhooks`, 'server', this.go(setup)), about },
        {
          ...command(at('check'), $localize`Check webhooks`, 'check', this.go(setup, { step: 'check' })),
          about,
        },
        edit,
      ];
    });
  }

  private looks(): readonly Command[] {
    const theme = (id: Theme, label: string, icon: IconName): Command => ({
      ...command(id, label, icon, () => this.theme.choose(id)),
      isOn: this.theme.theme() === id,
    });
    return [
      theme('auto', $localize`Theme: system`, 'monitor'),
      theme('light', $localize`Theme: light`, 'sun'),
      theme('dark', $localize`Theme: dark`, 'moon'),
      {
        ...command('contrast', $localize`High contrast`, 'contrast', () => this.theme.toggleHighContrast()),
        isOn: this.theme.isHighContrast(),
      },
    ];
  }

  private go(path: readonly string[], queryParams: Record<string, string> = {}): () => unknown {
    return () => this.router.navigate([...path], { queryParams });
  }
}

const command = (id: string, label: string, icon: IconName, run: () => unknown): Command => ({
  ...{ id, label, icon, run },
  about: '',
});

/** Nobody reads on: another letter finds better. */
const MOST_SHOWN = 50;

/** The commands in which the letters of every word of the search stand in order, the best fit first. */
export function found(commands: readonly Command[], search: string): readonly Command[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands.filter(({ isOnlyFound }) => isOnlyFound !== true);
  return commands
    .map((command) => {
      const texts = [command.label, command.about].map((text) => text.toLowerCase());
      return { command, fit: fitOfAll(words, texts) };
    })
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
    .slice(0, MOST_SHOWN)
    .map(({ command }) => command);
}
