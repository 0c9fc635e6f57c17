import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildFailure } from '../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { CheckStep } from './check-step';
import { WizardStore } from './wizard-store';

describe('CheckStep', () => {
  async function open(account: FakeAccount) {
    TestBed.configureTestingModule({
      providers: [WizardStore, provideAccount(account), provideRouter([])],
    });
    const store = TestBed.inject(WizardStore);
    await store.start(asAppKey('app-1'));
    const fixture = TestBed.createComponent(CheckStep);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    const isRunning = () =>
      element.textContent.includes('Checking…') || element.textContent.includes('is on its way');
    const isDone = async () => {
      await eventually(() => !isRunning());
      await fixture.whenStable();
    };
    await fixture.whenStable();
    return { element, fixture, isDone };
  }

  function ready(): FakeAccount {
    const account = new FakeAccount();
    account.installed = [buildInstallation({ webhooks: endpointsAt(HERE) })];
    return account;
  }

  const line = (element: HTMLElement, title: string): string =>
    [...element.querySelectorAll('.item')].find((item) => item.querySelector('.title')?.textContent === title)
      ?.textContent ?? '';

  it('says that everything is in place, with what was seen', async () => {
    const { element, isDone } = await open(ready());
    await isDone();

    expect(element.querySelector('[role="status"]')?.textContent).toContain('Everything is in place.');
    expect(line(element, 'Messages')).toContain('Arrives');
    expect(line(element, 'Messages')).toContain('Signature: verified');
    await expectAccessible(element);
  });

  it('shows each line while it is running, and keeps the button quiet', async () => {
    const account = ready();
    const { element, fixture, isDone } = await open(account);
    await isDone();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    account.gate = promise;
    const button = [...element.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('Run again'),
    );
    button?.click();
    fixture.detectChanges();

    expect(line(element, 'Chat states')).toContain('Checking…');
    expect(button?.textContent.trim()).toBe('Checking…');
    expect(button?.getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(element);
    resolve(undefined);
    await isDone();
    await eventually(() => document.activeElement?.textContent === 'Check');

    expect(line(element, 'Chat states')).toContain('Arrives');
    expect(account.checks).toBe(2);
  });

  it('names cause, evidence and remedy of what is wrong, and counts it', async () => {
    const account = ready();
    account.findings = [{ kind: 'app-disabled' }];
    account.checked = [
      buildEndpointCheck({
        ...{ type: WEBHOOK_EVENT_TYPES[1], cause: 'wrong-path', status: 404 },
        ...{ hasArrived: false, signature: null },
      }),
    ];
    const { element, isDone } = await open(account);
    await isDone();

    expect(element.textContent).toContain('2 things are not in place. No conversation can be opened');
    expect(line(element, 'Messages')).toContain('Wrong path');
    expect(line(element, 'Messages')).toContain('nothing takes notifications at this path');
    expect(line(element, 'Messages')).toContain('/notifications/event');
    expect(line(element, 'Messages')).toContain('Answer: 404');
    expect(line(element, 'Demo connector')).toContain('Enable it in the list of apps');
    const link = element.querySelector<HTMLAnchorElement>('.item a');
    expect(link?.getAttribute('href')).toBe('/apps?filter=app-1');
    await expectAccessible(element);
  });

  it('leads to where each thing is mended', async () => {
    const account = ready();
    account.findings = [{ kind: 'secret-missing' }];
    account.checked = [
      buildEndpointCheck({ type: WEBHOOK_EVENT_TYPES[0], cause: 'invalid-header' }),
      buildEndpointCheck({ type: WEBHOOK_EVENT_TYPES[1], cause: 'not-public' }),
      buildEndpointCheck({ type: WEBHOOK_EVENT_TYPES[2], cause: 'certificate-expired' }),
    ];
    const { element, fixture, isDone } = await open(account);
    await isDone();
    const wanted: string[] = [];
    fixture.componentInstance.endpointRequested.subscribe((type) => wanted.push(type));

    const links = [...element.querySelectorAll<HTMLAnchorElement>('.item a')];
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Install a new app', '/apps/new'],
      ['Edit its headers', '/apps/app-1/edit?section=webhooks'],
    ]);
    const buttons = element.querySelectorAll<HTMLButtonElement>('.item button');
    expect([...buttons].map(({ ariaLabel }) => ariaLabel)).toEqual(['Change the endpoint: Messages']);
    buttons[0]?.click();
    expect(wanted).toEqual([WEBHOOK_EVENT_TYPES[1]]);
    await expectAccessible(element);
  });

  it('says why there was no check, and tries again', async () => {
    const account = ready();
    const { element, fixture, isDone } = await open(account);
    await isDone();
    account.refusal = buildFailure('too-many-requests');
    [...element.querySelectorAll('button')]
      .find(({ textContent }) => textContent.includes('Run again'))
      ?.click();
    await eventually(() => element.querySelector('app-failure-note') !== null);
    expect(element.textContent).toContain('Too many tries');
    expect(element.textContent).not.toContain('Run again');
    expect(element.querySelector('.buttons .mat-mdc-unelevated-button')).toBeNull();

    account.refusal = null;
    element.querySelector<HTMLButtonElement>('app-failure-note button')?.click();
    await isDone();
    await fixture.whenStable();

    expect(element.textContent).toContain('Everything is in place.');
  });
});
