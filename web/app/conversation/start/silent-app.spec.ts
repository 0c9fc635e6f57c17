import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';

import { SignedInUser } from '../../bridge/signed-in-user';
import { HERE, buildInstallation, buildUser, endpointsAt } from '../../testing/build-installation';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { textOf } from '../../testing/provide-inspector';
import { ChatPane } from '../chat-pane';
import { ConversationsStore } from '../conversations-store';
import { silenceOf } from './app-silence';

const AWAY = 'https://hooks.example.com/in';

describe('an app whose notifications do not come here', () => {
  async function renderPane(webhooks: WebhooksCapability | undefined, isEmulated = true) {
    const { bridge } = provideConversation();
    TestBed.configureTestingModule({
      providers: [{ provide: SignedInUser, useValue: { user: signal(buildUser({ isEmulated })) } }],
    });
    bridge.app = buildInstallation(webhooks === undefined ? {} : { webhooks });
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ChatPane);
    await fixture.whenStable();
    await settle();
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    return { element, told: () => textOf(element.querySelector('app-silent-app')) };
  }

  it('says so before the first message, where they go and what to do, and lets one write', async () => {
    const { element, told } = await renderPane(endpointsAt(AWAY));

    expect(told()).toContain('The answers go elsewhere.');
    expect(told()).toContain('delivered to hooks.example.com. What you write is sent, but unless that leads');
    expect(element.querySelector('app-silent-app a')?.getAttribute('href')).toBe(`/apps/${APP}/setup`);
    expect(element.querySelector('textarea')).not.toBeNull();
    await expectAccessible(element);
  });

  it('says so of an app that has no endpoint at all', async () => {
    const { told } = await renderPane(undefined);

    expect(told()).toContain('No answer will arrive. This app has no webhook endpoint.');
  });

  it('says which endpoints are not set where others are, whether or not this server knows itself', async () => {
    for (const isEmulated of [true, false]) {
      TestBed.resetTestingModule();
      const { element, told } = await renderPane(
        { 'ms.MessagingEventNotification.ContentEvent': { endpoint: HERE } },
        isEmulated,
      );

      expect(told()).toContain('Not everything will show.');
      expect(told()).toContain(
        'not set: Conversation changes, Structured content, Accept statuses, Chat states. What they would tell',
      );
      expect(element.querySelector('app-silent-app a')?.getAttribute('href')).toBe(`/apps/${APP}/setup`);
      await expectAccessible(element);
    }
  });

  it('is invited to like any other when they come here', async () => {
    const { told } = await renderPane(endpointsAt(HERE));

    expect(told()).toBe('');
  });

  it('is invited to like any other where nobody knows under which address this server is reached', async () => {
    const { told } = await renderPane(endpointsAt(AWAY), false);

    expect(told()).toBe('');
  });

  it('is one of which no endpoint is here, whatever else they are', () => {
    const [first, ...others] = Object.entries(endpointsAt(AWAY));
    const away = { kind: 'elsewhere' as const, hosts: ['hooks.example.com'] };
    expect(silenceOf(Object.fromEntries([first!]), [HERE])).toEqual(away);
    expect(silenceOf(Object.fromEntries([[first![0], { endpoint: HERE }], ...others]), [HERE])).toBeNull();
    expect(silenceOf({ ...endpointsAt(' '), ...Object.fromEntries([first!]) }, [HERE])).toEqual(away);
    const unset = WEBHOOK_EVENT_TYPES.filter((type) => type !== first![0]);
    const part = { ...endpointsAt(' '), [first![0]]: { endpoint: HERE } };
    for (const here of [[HERE], []]) expect(silenceOf(part, here)).toEqual({ kind: 'partly', unset });
    expect(silenceOf(endpointsAt(''), [])).toEqual({ kind: 'no-endpoint' });
    expect(silenceOf(endpointsAt('nowhere'), [HERE])).toEqual({ kind: 'elsewhere', hosts: ['nowhere'] });
  });
});
