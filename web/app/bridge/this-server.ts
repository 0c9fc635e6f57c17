import { Service, computed, inject, resource, signal } from '@angular/core';

import { BROWSER_STORAGE } from './browser-storage';
import { BridgeClient } from './bridge-client';
import { SignedInUser } from './signed-in-user';
import { WEBHOOK_PATH, isLoopback, parseUrl } from './webhook-endpoints';

const PUBLIC_ADDRESS = 'public-address';

/** What the bridge tells about itself, and the URLs under which LivePerson can reach it. */
@Service()
export class ThisServer {
  private readonly bridge = inject(BridgeClient);
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly signedIn = inject(SignedInUser);

  private readonly publicUrl = signal(this.storage.get(PUBLIC_ADDRESS));

  /** `GET /api/about`, asked once; `reload()` asks again. */
  readonly about = resource({ loader: () => this.bridge.about() });

  /** Every URL that brings the signed-in account's webhooks here; the cloud cannot reach this machine's own names. */
  readonly webhookUrls = computed<readonly string[]>(() => {
    const local = this.about.hasValue() ? [this.about.value().localWebhookUrl] : [];
    const own = [...local, location.origin + WEBHOOK_PATH].filter((url) => this.canReach(url));
    const publicUrl = this.publicUrl();
    return publicUrl === null ? own : [...own, publicUrl];
  });

  /** The URL to offer for the signed-in account; empty when this server has no public address that is known here. */
  suggestedWebhookUrl(): string {
    if (this.signedIn.user()?.isEmulated === true) return this.webhookUrls()[0] ?? '';
    const page = location.origin + WEBHOOK_PATH;
    return isPublic(page) ? page : (this.publicUrl() ?? '');
  }

  /** Remembers the address of a tunnel or proxy in front of this server. */
  rememberPublicUrl(url: string): void {
    if (!isPublic(url)) return;
    this.storage.set(PUBLIC_ADDRESS, url);
    this.publicUrl.set(url);
  }

  private canReach(url: string): boolean {
    return this.signedIn.user()?.isEmulated === true || isPublic(url);
  }
}

/** Whether LivePerson could post there: https, and not a name of this machine. */
function isPublic(text: string): boolean {
  const url = parseUrl(text);
  return url?.protocol === 'https:' && !isLoopback(url);
}
