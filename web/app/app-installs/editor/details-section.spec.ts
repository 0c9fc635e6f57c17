import { TestBed } from '@angular/core/testing';

import { asAppKey } from '#protocol/identifiers';

import { buildInstallation } from '../../testing/build-installation';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { FakeAccount } from '../../testing/fake-account';
import { provideAccount } from '../../testing/provide-account';
import { AppEditorStore } from './app-editor-store';
import { DetailsSection } from './details-section';
import { SaveProblems } from './save-problems';

describe('DetailsSection', () => {
  async function open() {
    const account = new FakeAccount();
    account.installed = [
      { ...buildInstallation({ id: 'a' }), grant_types: ['client_credentials', 'x_grant'] },
    ];
    TestBed.configureTestingModule({
      providers: [provideAccount(account), AppEditorStore, SaveProblems],
    });
    const store = TestBed.inject(AppEditorStore);
    await store.open(asAppKey('a'));
    const fixture = TestBed.createComponent(DetailsSection);
    fixture.componentRef.setInput('details', store.form.details);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    const field = (label: string) => {
      const found = [...element.querySelectorAll('label')].find((each) =>
        each.textContent.trim().startsWith(label),
      );
      if (!(found?.control instanceof HTMLInputElement || found?.control instanceof HTMLTextAreaElement)) {
        throw new Error(`No field ${label}`);
      }
      return found.control;
    };
    const press = async (label: string) => {
      field(label).click();
      await fixture.whenStable();
    };
    const fill = async (label: string, value: string) => {
      field(label).value = value;
      field(label).dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    return {
      element,
      field,
      fill,
      press,
      stable: () => fixture.whenStable(),
      manifest: () => store.manifest(),
    };
  }

  afterEach(() => document.querySelectorAll('app-details-section').forEach((each) => each.remove()));

  it('offers the documented grant types, keeps others, and writes what is chosen', async () => {
    const { element, manifest, press } = await open();
    const offered = [...element.querySelectorAll('.checks code')].map((each) => each.textContent);
    expect(offered).toEqual(['client_credentials', 'authorization_code', 'refresh_token', 'x_grant']);

    await press('refresh_token');
    expect(manifest()['grant_types']).toEqual(['client_credentials', 'x_grant', 'refresh_token']);

    await press('client_credentials');
    expect(manifest()['grant_types']).toEqual(['x_grant', 'refresh_token']);
    await expectAccessible(element);
  });

  it('keeps the hint below the name until the mistake stands in its place', async () => {
    const { element, fill, field, stable } = await open();
    const notes = () => element.querySelector('#app-name-notes')?.textContent ?? '';
    await fill('Name', '');

    field('Name').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    field('Name').dispatchEvent(new Event('blur'));
    await stable();
    expect(notes()).toContain('No other app');

    document.dispatchEvent(new PointerEvent('pointerup'));
    await eventually(() => !notes().includes('No other app'));
    expect(element.querySelector('#app-name-notes .field-error')).not.toBeNull();
  });

  it('writes switch, scope, logo and redirect URIs, and says what a connector would lack', async () => {
    const { element, fill, manifest, press } = await open();

    await press('Enabled');
    await fill('Scope', 'agent_id');
    await fill('Logo', 'https://a.example/logo.png');
    await fill('Redirect URIs', 'https://a.example/back');

    expect(manifest()).toEqual(
      jasmine.objectContaining({
        enabled: false,
        scope: 'agent_id',
        logo_uri: 'https://a.example/logo.png',
        redirect_uris: ['https://a.example/back'],
      }),
    );
    expect(element.textContent).toContain('msg.consumer');
  });
});
