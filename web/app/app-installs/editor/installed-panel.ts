import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { isConnectorApp } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';

import { SignedInUser } from '../../bridge/signed-in-user';
import { ThisServer } from '../../bridge/this-server';
import { countPlaces } from '../../bridge/webhook-endpoints';
import { CodedText } from '../../ui/coded-text';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { AppSecret } from '../app-secret';
import { EndpointSummary } from '../endpoint-summary';
import { useObstacle } from '../use-obstacle';
import { secretWords } from './secret-words';

/** A freshly installed app: its id and secret to take along, and where to go from here. */
@Component({
  selector: 'app-installed-panel',
  imports: [AppSecret, CodedText, CopyButton, EndpointSummary, Icon, MatButton, RouterLink],
  templateUrl: './installed-panel.html',
  styleUrl: './installed-panel.scss',
})
export class InstalledPanel {
  private readonly thisServer = inject(ThisServer);
  private readonly user = inject(SignedInUser).user;

  readonly app = input.required<InstallationView>();

  protected readonly endpoints = computed(() =>
    countPlaces(this.app().capabilities?.webhooks, this.thisServer.webhookUrls()),
  );
  protected readonly secretUse = computed(() => secretWords(this.app()));
  protected readonly isEmulated = computed(() => this.user()?.isEmulated === true);
  protected readonly obstacle = computed(() => useObstacle(this.app()));
  /** The list hides apps that are no connector apps unless it is asked for them. */
  protected readonly listQuery = computed(() => (isConnectorApp(this.app()) ? {} : { others: 'shown' }));
}
