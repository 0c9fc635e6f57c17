import { TestBed } from '@angular/core/testing';

import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';

import { buildInstallation } from '../../testing/build-installation';
import { expectAccessible } from '../../testing/expect-accessible';
import { FakeAccount } from '../../testing/fake-account';
import { provideAccount } from '../../testing/provide-account';
import type { Manifest } from '../manifest/manifest';
import { AppEditorStore } from './app-editor-store';
import { EndpointEditor } from './endpoint-editor';
import { SaveProblems } from './save-problems';

const [, MESSAGES] = WEBHOOK_EVENT_TYPES;

const writtenHeaders = (manifest: Manifest) =>
  (manifest['capabilities'] as { webhooks: WebhooksCapability }).webhooks[MESSAGES]?.headers;

describe('EndpointEditor', () => {
  async function open(index = 1) {
    const account = new FakeAccount();
    const headers = [
      { header_name: 'X-A', header_value: '1' },
      { header_name: 'X-B', header_value: '2' },
    ];
    const webhooks = { [MESSAGES]: { endpoint: 'https://a.example/x', headers } };
    account.installed = [buildInstallation({ id: 'a', webhooks })];
    TestBed.configureTestingModule({
      providers: [provideAccount(account), AppEditorStore, SaveProblems],
    });
    const store = TestBed.inject(AppEditorStore);
    await store.open(asAppKey('a'));
    const fixture = TestBed.createComponent(EndpointEditor);
    fixture.componentRef.setInput('endpoint', store.form.webhooks.endpoints[index]);
    fixture.componentRef.setInput('saved', null);
    fixture.componentRef.setInput('here', []);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    const stable = () => fixture.whenStable();
    const labelled = (name: string) => element.querySelector<HTMLElement>(`[aria-label="${name}"]`);
    const type = async (name: string, value: string) => {
      const field = labelled(name);
      if (!(field instanceof HTMLInputElement)) throw new Error(`No field ${name}`);
      field.value = value;
      field.dispatchEvent(new Event('input'));
      field.dispatchEvent(new Event('blur'));
      await stable();
    };
    const headersOf = () => writtenHeaders(store.manifest());
    return { element, headersOf, labelled, stable, store, type };
  }

  afterEach(() => document.querySelectorAll('app-endpoint-editor').forEach((each) => each.remove()));

  it('says in words what each kind of notification is, and offers it to an app that has none', async () => {
    const said = [];
    for (const index of WEBHOOK_EVENT_TYPES.keys()) {
      const { element } = await open(index);
      said.push(element.querySelector('.about')?.textContent.trim());
      expect(element.querySelector<HTMLInputElement>('input[type=url]')?.title).toBe(
        WEBHOOK_EVENT_TYPES[index] ?? '',
      );
      element.remove();
      TestBed.resetTestingModule();
    }

    expect(new Set(said).size).toBe(5);
    expect(said.every((words) => (words ?? '').length > 10)).toBeTrue();
  });

  it('changes a header in place, and removes one', async () => {
    const { element, headersOf, labelled, stable, type } = await open();

    await type('Value of header 2', 'two');
    expect(headersOf()).toEqual([
      { header_name: 'X-A', header_value: '1' },
      { header_name: 'X-B', header_value: 'two' },
    ]);

    labelled('Remove header X-A of Messages')?.click();
    await stable();
    expect(headersOf()).toEqual([{ header_name: 'X-B', header_value: 'two' }]);
    await expectAccessible(element);
  });

  it('takes no header that was emptied, named twice or made illegal, says so and stays open', async () => {
    const { element, store, type } = await open();
    expect(store.form().valid()).toBeTrue();

    for (const name of ['', 'x-a', 'X B']) {
      await type('Name of header 2', name);
      expect(store.form.webhooks.endpoints[1]?.().valid()).withContext(name).toBeFalse();
      expect(element.querySelector('.more')?.hasAttribute('hidden')).withContext(name).toBeFalse();
      expect(element.querySelector('.header .field-error')?.textContent.trim())
        .withContext(name)
        .toBeTruthy();
    }

    await type('Name of header 2', 'X-C');
    expect(store.form().valid()).toBeTrue();
  });
});
