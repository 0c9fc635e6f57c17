import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import type { ConversationView } from '#protocol/bridge-api';
import type { LogPayload } from '#protocol/bridge-events';

import { BridgeClient } from '../bridge/bridge-client';
import { BROWSER_STORAGE } from '../bridge/browser-storage';
import { EventLog } from '../bridge/event-log';
import { LastApp } from '../bridge/last-app';
import { buildExchange } from '../testing/build-exchange';
import { buildFailure } from '../testing/build-failure';
import { buildInstallation } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeBridge, FakeEventLog, buildView } from '../testing/fake-bridge';
import { APP, CONVERSATION, LogWriter, MAIN, OTHER_APP, START } from '../testing/log-entries';
import { memoryStorage, settle } from '../testing/provide-conversation';
import { PageCommands } from '../ui/page-commands';
import { clockWords } from '../ui/time-words';
import { WorkbenchPage } from './workbench-page';

@Component({ selector: 'app-elsewhere', template: '' })
class Elsewhere {}

async function openWorkbench(url: string, writer = new LogWriter()) {
  const bridge = new FakeBridge();
  const log = new FakeEventLog();
  const storage = memoryStorage();
  sessionStorage.clear();
  log.deliver(...writer.entries);
  TestBed.configureTestingModule({
    providers: [
      provideRouter(
        [
          { path: 'elsewhere', component: Elsewhere },
          {
            matcher: (segments) => {
              const [, appKey, , conversationId] = segments;
              if (appKey === undefined) return null;
              return { consumed: segments, posParams: { appKey, ...(conversationId && { conversationId }) } };
            },
            component: WorkbenchPage,
          },
        ],
        withComponentInputBinding(),
      ),
      { provide: BridgeClient, useValue: bridge },
      { provide: EventLog, useValue: log },
      { provide: BROWSER_STORAGE, useValue: storage },
    ],
  });
  const harness = await RouterTestingHarness.create(url);
  await harness.fixture.whenStable();
  const element = harness.routeNativeElement!;
  const go = async (action: () => void) => {
    action();
    await settle();
    await harness.fixture.whenStable();
  };
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find(
      (one) => (one.ariaLabel ?? one.textContent).trim() === name,
    )!;
  return { bridge, log, storage, harness, element, go, button, url: () => TestBed.inject(Router).url };
}

describe('WorkbenchPage', () => {
  it('begins anew for who comes back to a conversation that has closed, and leads there all the same when asked', async () => {
    const closed = new LogWriter().opened().conversation({ state: 'CLOSE' });
    const { go, url } = await openWorkbench('/elsewhere', closed);
    const lastApp = TestBed.inject(LastApp);
    const show = () => go(() => void TestBed.inject(Router).navigateByUrl('/apps/app-1/chat/c1'));
    await show();
    expect(url()).toBe('/apps/app-1/chat/c1');
    await go(() => void TestBed.inject(Router).navigateByUrl('/elsewhere'));

    lastApp.remember(APP, null, CONVERSATION);
    lastApp.comeBack();
    await show();
    await eventually(() => url() === '/apps/app-1/chat');

    expect(lastApp.inDoubt()).toBeNull();
  });

  it('stays with the open conversation that one comes back to, even when it closes then', async () => {
    const writer = new LogWriter().opened();
    const { go, log, url } = await openWorkbench('/elsewhere', writer);
    const lastApp = TestBed.inject(LastApp);
    lastApp.remember(APP, null, CONVERSATION);
    lastApp.comeBack();

    await go(() => void TestBed.inject(Router).navigateByUrl('/apps/app-1/chat/c1'));
    await go(() => log.deliver(...writer.conversation({ state: 'CLOSE' }).entries.slice(-1)));

    expect(url()).toBe('/apps/app-1/chat/c1');
  });

  it('stays with a closed conversation that is chosen after one was led to it and went elsewhere', async () => {
    const closed = new LogWriter().opened().conversation({ state: 'CLOSE' });
    const { go, url } = await openWorkbench('/elsewhere', closed);
    const lastApp = TestBed.inject(LastApp);
    lastApp.remember(APP, null, CONVERSATION);
    lastApp.comeBack();
    lastApp.remember(APP, null, CONVERSATION);
    expect(lastApp.inDoubt()).toBe(CONVERSATION);
    lastApp.remember(APP, '/apps/app-1/chat');

    await go(() => void TestBed.inject(Router).navigateByUrl('/apps/app-1/chat/c1'));

    expect(url()).toBe('/apps/app-1/chat/c1');
    expect(lastApp.inDoubt()).toBeNull();
  });

  it('opens a conversation by its URL and shows chat and webhooks side by side', async () => {
    const { element } = await openWorkbench(
      '/apps/app-1/chat/c1',
      new LogWriter().opened().agentSays(0, 'Hello'),
    );

    expect(element.querySelector('[role=log]')?.textContent).toContain('Hello');
    expect(element.querySelectorAll('[role=tab]')[1]?.textContent).toContain('1');
    expect(element.querySelector('h1')?.textContent).toBe('Workbench');
    await expectAccessible(element);
  });

  it('opens with the first message and goes to the conversation’s own URL', async () => {
    const { bridge, element, go, button, url } = await openWorkbench('/apps/app-1/chat');
    const field = element.querySelector('textarea')!;
    await go(() => {
      field.value = 'Hello';
      field.dispatchEvent(new Event('input'));
    });

    await go(() => button('Send').click());

    expect(bridge.opened.length).toBe(1);
    expect(url()).toBe(`/apps/app-1/chat/${CONVERSATION}`);
    expect(element.querySelector('[role=log]')?.textContent).toContain('Hello');
    expect(element.querySelector('textarea')?.value).toBe('');
  });

  it('keeps in the field what is written while the conversation opens', async () => {
    const { bridge, element, go, button, url } = await openWorkbench('/apps/app-1/chat');
    const field = () => element.querySelector('textarea')!;
    const type = (text: string) =>
      go(() => {
        field().value = text;
        field().dispatchEvent(new Event('input'));
      });
    const opened = Promise.withResolvers<ConversationView>();
    spyOn(bridge, 'openConversation').and.returnValue(opened.promise);
    await type('Hello');
    await go(() => button('Send').click());
    await type('and one more');

    await go(() => opened.resolve(buildView()));

    expect(url()).toBe(`/apps/app-1/chat/${CONVERSATION}`);
    expect(field().value).toBe('and one more');
    await go(() => button('Send').click());
    expect(bridge.messages.map(({ request }) => request.content)).toEqual([
      { type: 'text', text: 'Hello' },
      { type: 'text', text: 'and one more' },
    ]);
    await go(() => button('New conversation').click());
    expect(field().value).toBe('');
  });

  it('adds its conversations and the inspector’s tabs to the palette while it is open', async () => {
    const { element, harness, go, url } = await openWorkbench(
      '/apps/app-1/chat',
      new LogWriter().opened().agentSays(0, 'Hello'),
    );
    const commands = TestBed.inject(PageCommands).all;
    const run = (id: string) =>
      go(
        () =>
          void commands()
            .find((each) => each.id === id)
            ?.run(),
      );
    const name = element.querySelector('app-conversation-list .name')?.textContent.trim();
    expect(commands().find(({ id }) => id === `conversation:${CONVERSATION}`)).toEqual(
      jasmine.objectContaining({ label: 'Open conversation', about: `${name} · open` }),
    );

    await run(`conversation:${CONVERSATION}`);
    expect(url()).toBe(`/apps/app-1/chat/${CONVERSATION}`);
    await run('tab:requests');
    expect(url()).toBe(`/apps/app-1/chat/${CONVERSATION}?tab=requests`);
    await harness.navigateByUrl('/elsewhere');

    expect(commands()).toEqual([]);
  });

  it('has a key for a new conversation and one for the message field', async () => {
    const { element, go, url } = await openWorkbench('/apps/app-1/chat/c1', new LogWriter().opened());
    document.body.append(element);
    const press = (key: string) =>
      go(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));

    await press('m');
    expect(document.activeElement).toBe(element.querySelector('textarea'));
    element.querySelector('textarea')?.blur();
    await press('n');

    expect(url()).toBe('/apps/app-1/chat');
    expect(document.activeElement).toBe(element.querySelector('textarea'));
    element.remove();
  });

  it('names the app in its footer, with the id to hover and copy', async () => {
    const { bridge, element } = await openWorkbench('/apps/app-1/chat');
    const line = element.querySelector('app-status-bar .app-line');

    expect(line?.textContent).toContain(bridge.app.client_name);
    expect(line?.getAttribute('title')).toBe('app-1');
    expect(line?.querySelector('button')?.ariaLabel).toContain('app id');
    await expectAccessible(element.querySelector<HTMLElement>('app-status-bar')!);
  });

  it('starts a new conversation from an old one, with the field ready to write', async () => {
    const { element, go, button, url } = await openWorkbench('/apps/app-1/chat/c1', new LogWriter().opened());
    document.body.append(element);

    await go(() => button('New conversation').click());

    expect(url()).toBe('/apps/app-1/chat');
    expect(element.textContent).toContain('Say hello');
    expect(document.activeElement).toBe(element.querySelector('textarea'));
    element.remove();
  });

  it('takes the draft of a conversation that closed along when the list starts a new one', async () => {
    const writer = new LogWriter().opened();
    const { log, element, go, button } = await openWorkbench('/apps/app-1/chat/c1', writer);
    const field = element.querySelector('textarea')!;
    await go(() => {
      field.value = 'Half a sent';
      field.dispatchEvent(new Event('input'));
    });
    await go(() => log.deliver(writer.conversation({ state: 'CLOSE' }).entries.at(-1)!));

    await go(() => button('New conversation').click());

    expect(element.querySelector('textarea')?.value).toBe('Half a sent');
  });

  it('keeps list and selected item in the URL', async () => {
    const writer = new LogWriter().opened().agentSays(0, 'Hello');
    const { element, go, url } = await openWorkbench('/apps/app-1/chat/c1?item=2', writer);
    expect(element.querySelector('app-webhook-detail')).not.toBeNull();

    await go(() => element.querySelectorAll<HTMLElement>('[role=tab]')[2]!.click());
    expect(url()).toBe('/apps/app-1/chat/c1?tab=requests');
    expect(element.querySelector('app-webhook-detail')).toBeNull();
  });

  it('shows one pane at a time where there is no room, by buttons that say which', async () => {
    const { element, go, button } = await openWorkbench('/apps/app-1/chat/c1', new LogWriter().opened());
    const bench = element.querySelector<HTMLElement>('.bench')!;
    expect(bench.dataset['pane']).toBe('chat');

    await go(() => button('Inspector').click());

    expect(bench.dataset['pane']).toBe('inspector');
    expect(button('Inspector').getAttribute('aria-pressed')).toBe('true');
  });

  it('remembers the widths of its panes', async () => {
    const { element, storage, go } = await openWorkbench('/apps/app-1/chat', new LogWriter());
    const divider = element.querySelector<HTMLElement>('[role=separator]')!;

    await go(() => divider.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' })));

    expect(JSON.parse(storage.get('workbench-panes') ?? '{}')).toEqual(
      jasmine.objectContaining({ list: 180 }),
    );
  });

  it('is a way back and nothing else where the account has no such app', async () => {
    const { bridge, element, harness } = await openWorkbench('/apps/app-1/chat');
    bridge.installation = () => Promise.reject(buildFailure('unknown-app'));

    for (const url of ['/apps/none/chat', '/apps/other/chat/c7']) {
      await harness.navigateByUrl(url);
      const page = harness.routeNativeElement ?? element;
      await eventually(() => page.querySelector('app-unusable-app') !== null);

      expect(page.textContent).withContext(url).toContain('There is no such app');
      for (const part of ['app-conversation-list', 'app-inspector-pane', 'app-status-bar', 'textarea']) {
        expect(page.querySelector(part)).withContext(part).toBeNull();
      }
      await expectAccessible(page);
    }
  });

  it('still shows the conversations of an app that was uninstalled', async () => {
    const { bridge, element, harness } = await openWorkbench('/apps/app-1/chat/c1', new LogWriter().opened());
    bridge.installation = () => Promise.reject(buildFailure('unknown-app'));

    await harness.navigateByUrl('/apps/app-1/chat');
    await eventually(() => element.querySelector('app-unusable-app') !== null);

    expect(element.textContent).toContain('There is no such app');
    expect(element.querySelector('app-conversation-list')?.textContent).toContain('Kim');
  });

  it('names no conversation at the bottom that does not exist', async () => {
    const { element } = await openWorkbench('/apps/app-1/chat/c7');

    expect(element.textContent).toContain('There is no such conversation');
    expect(element.querySelector('app-status-bar')?.textContent).not.toContain('c7');
  });

  it('shows the request of a refused message, from the message', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi');
    writer.add(buildExchange({ exchangeId: 'exchange-1' }));
    writer.failed('m1');
    const { element, go, button, url } = await openWorkbench('/apps/app-1/chat/c1', writer);

    await go(() => button('Show the request').click());

    expect(url()).toContain('tab=requests&item=');
    expect(element.querySelector('app-request-detail')).not.toBeNull();
    expect(element.querySelector<HTMLElement>('.bench')!.dataset['pane']).toBe('inspector');
  });

  it('leads from a message without its notification to the first webhook of the app refused since', async () => {
    const refused = (reason: 'body-differs' | 'invalid-json', appKey = APP): LogPayload => ({
      ...{
        kind: 'notification-refused',
        deliveryId: 'd',
        status: 401,
        detail: '',
        headers: {},
        sizeBytes: 3,
      },
      ...{ reason, appKey },
    });
    const writer = new LogWriter().opened();
    writer.add(refused('body-differs'), null);
    writer.submitted('m1', 'Hi').sent('m1', 3);
    writer.add(refused('invalid-json'), null);
    writer.add(refused('body-differs', OTHER_APP), null);
    const { log, element, go, button, url } = await openWorkbench('/apps/app-1/chat/c1', writer);
    expect(element.querySelector('app-echo-advice')?.textContent).not.toContain('was refused');

    const { sequence, at } = writer.add(refused('body-differs'), null);
    await go(() => log.deliver(...writer.entries.slice(-1)));
    expect(element.querySelector('app-echo-advice')?.textContent.replaceAll(/\s+/g, ' ')).toContain(
      `A webhook for this app was refused at ${clockWords(at)} because of its signature. Nobody can say`,
    );
    await expectAccessible(element);
    await go(() => button('Show the refused webhook').click());

    expect(url()).toContain(`tab=webhooks&item=${sequence}`);
    expect(element.querySelector('app-webhook-detail')?.textContent).toContain('401');
  });

  it('shows the request of a refused message when its entry comes later than the refusal', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi');
    writer.failed('m1');
    const { log, element, go, button, url } = await openWorkbench('/apps/app-1/chat/c1', writer);
    await go(() => button('Show the request').click());
    expect(url()).toContain('tab=requests');

    await go(() => log.deliver(writer.add(buildExchange({ exchangeId: 'exchange-1' }))));

    expect(url()).toContain('tab=requests&item=');
    expect(element.querySelector('app-request-detail')).not.toBeNull();
  });

  it('does not come back to a late request when something else was chosen meanwhile', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi');
    writer.failed('m1');
    const { log, element, go, button, url } = await openWorkbench('/apps/app-1/chat/c1', writer);
    await go(() => button('Show the request').click());
    await go(() => element.querySelectorAll<HTMLElement>('[role=tab]')[1]!.click());

    await go(() => log.deliver(writer.add(buildExchange({ exchangeId: 'exchange-1' }))));

    expect(url()).toContain('tab=webhooks');
    expect(element.querySelector('app-request-detail')).toBeNull();
  });

  it('lights the message whose request is chosen, refused or without an answer yet', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Refused');
    const request = (message: string) => {
      const event = { type: 'ContentEvent', contentType: 'text/plain', message };
      const body = { type: 'ms.PublishEvent', body: { dialogId: MAIN, event } };
      return { method: 'POST', url: 'https://va.example.com/send?v=3', headers: {}, body };
    };
    const response = { status: 400, headers: {}, body: {} };
    writer.add(buildExchange({ startedAt: START + 2_500, request: request('Refused'), response }));
    writer.failed('m1').submitted('m2', 'Waiting');
    const { log, element, go } = await openWorkbench('/apps/app-1/chat/c1?tab=requests&item=3', writer);
    const lit = () =>
      [...element.querySelectorAll('app-message-bubble.lit')].map(({ textContent }) => textContent);
    expect(lit()).toEqual([jasmine.stringContaining('Refused')]);

    const call = {
      ...buildExchange({ exchangeId: 'e2', request: request('Waiting') }),
      conversationId: CONVERSATION,
    };
    log.underWay.set([call]);
    await go(() => undefined);
    await go(() => element.querySelector<HTMLElement>('app-request-row:has(.waiting)')!.click());

    expect(lit()).toEqual([jasmine.stringContaining('Waiting')]);
  });

  it('names the app that a webhook was delivered for, where it is another than the conversation’s', async () => {
    const writer = new LogWriter().opened().forApp(OTHER_APP).agentSays(0, 'Hello');
    const { bridge, log, element, go } = await openWorkbench('/apps/app-1/chat/c1?tab=webhooks');
    bridge.apps = [buildInstallation(), buildInstallation({ id: OTHER_APP, name: 'Shop' })];

    await go(() => log.deliver(...writer.entries));

    await eventually(() => element.textContent.includes('for another app: Shop'));
    expect(element.querySelector('[role=log]')?.textContent).not.toContain('Hello');
  });

  it('leaves the log when it is left', async () => {
    const { log, harness } = await openWorkbench('/apps/app-1/chat', new LogWriter());
    expect(log.followers).toBeGreaterThan(0);

    await harness.navigateByUrl('/elsewhere');

    expect(log.followers).toBe(0);
  });
});
