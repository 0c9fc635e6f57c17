import { TestBed } from '@angular/core/testing';

import { LastApp } from '../../bridge/last-app';
import { buildFailure } from '../../testing/build-failure';
import { buildInstallation, type InstallationParts } from '../../testing/build-installation';
import { expectAccessible } from '../../testing/expect-accessible';
import type { FakeBridge } from '../../testing/fake-bridge';
import { APP, CONVERSATION, LogWriter } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { ChatPane } from '../chat-pane';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';

describe('a new conversation with an app that can open none', () => {
  async function renderPane(prepare: (bridge: FakeBridge) => void, shown: 'new' | 'opened' = 'new') {
    const { bridge, log } = provideConversation();
    log.deliver(...new LogWriter().opened().entries);
    await TestBed.inject(ConversationsStore).show(APP);
    if (shown === 'opened') TestBed.inject(ConversationStore).show(CONVERSATION);
    prepare(bridge);
    const fixture = TestBed.createComponent(ChatPane);
    await fixture.whenStable();
    await settle();
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    return { bridge, fixture, element, canWrite: () => element.querySelector('textarea') !== null };
  }
  const app = (parts: InstallationParts) => (bridge: FakeBridge) => (bridge.app = buildInstallation(parts));

  it('is not invited to when the account has no such app, and there is a way back', async () => {
    const { element, canWrite } = await renderPane(
      (bridge) => (bridge.refusal = buildFailure('unknown-app')),
    );

    expect(element.textContent).toContain('There is no such app');
    expect(element.querySelector('app-unusable-app code')?.textContent).toBe(APP);
    expect(canWrite()).toBeFalse();
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/apps');
    await expectAccessible(element);
  });

  it('is not invited to when the app is disabled, none of the Connector API, or deleted', async () => {
    const told: string[] = [];
    for (const parts of [{ enabled: false }, { scope: 'other' }, { deleted: true }]) {
      TestBed.resetTestingModule();
      const { element, canWrite } = await renderPane(app(parts));
      expect(canWrite()).toBeFalse();
      told.push(element.querySelector('h3')?.textContent ?? '');
    }

    expect(told).toEqual([
      'This app is disabled',
      'This app does not use the Connector API',
      'There is no such app',
    ]);
  });

  it('is not what the link to the workbench leads to', async () => {
    await renderPane((bridge) => {
      TestBed.inject(LastApp).remember(APP);
      bridge.refusal = buildFailure('unknown-app');
    });

    expect(TestBed.inject(LastApp).appKey()).toBeNull();
  });

  it('is invited to when nobody knows better', async () => {
    const { canWrite } = await renderPane((bridge) => (bridge.refusal = buildFailure('internal')));

    expect(canWrite()).toBeTrue();
  });

  it('is told of the app on the screen, never of the one before it', async () => {
    const { bridge, fixture, canWrite } = await renderPane(app({ enabled: false }));
    expect(canWrite()).toBeFalse();

    bridge.installation = () => new Promise(() => undefined);
    await TestBed.inject(ConversationsStore).show('another app' as typeof APP);
    await fixture.whenStable();

    expect(canWrite()).toBeTrue();
  });

  it('leaves the conversations that there are as they were', async () => {
    const { canWrite } = await renderPane(app({ enabled: false }), 'opened');

    expect(canWrite()).toBeTrue();
  });
});
