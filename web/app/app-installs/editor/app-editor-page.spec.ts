import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { SignedInUser } from '../../bridge/signed-in-user';
import { BlankPage } from '../../testing/blank-page';
import { buildFailure } from '../../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../../testing/build-installation';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { FakeAccount } from '../../testing/fake-account';
import { provideAccount } from '../../testing/provide-account';
import { leaveGuard } from '../leave-guard';
import { AppEditorPage } from './app-editor-page';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

describe('AppEditorPage', () => {
  let element: HTMLElement;
  let router: Router;
  let stable: () => Promise<unknown>;

  async function open(url: string, account = withApp()) {
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account),
        provideRouter(
          [
            { path: 'apps/new', component: AppEditorPage, canDeactivate: [leaveGuard] },
            { path: 'apps/:appKey/edit', component: AppEditorPage, canDeactivate: [leaveGuard] },
            { path: '**', component: BlankPage },
          ],
          withComponentInputBinding(),
        ),
      ],
    });
    await TestBed.inject(SignedInUser).signInToDemo();
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    element = harness.fixture.nativeElement as HTMLElement;
    document.body.append(element);
    router = TestBed.inject(Router);
    stable = () => harness.fixture.whenStable();
    await eventually(() => element.querySelector('form, app-failure-note, app-installed-panel') !== null);
    await stable();
    return account;
  }

  afterEach(() => {
    element.remove();
  });

  function withApp(more: Record<string, unknown> = {}): FakeAccount {
    const account = new FakeAccount();
    account.installed = [
      {
        ...buildInstallation({ id: 'a', name: 'Alpha', description: 'First', webhooks: endpointsAt(HERE) }),
        ...more,
      },
      buildInstallation({ id: 'b', name: 'Beta' }),
    ];
    return account;
  }

  const isVisible = (each: Element) => each.checkVisibility();

  function named(selector: string, name: string): HTMLElement {
    const found = [...element.querySelectorAll<HTMLElement>(selector)].filter(isVisible).find((each) => {
      const label = 'labels' in each ? (each.labels as NodeListOf<HTMLElement> | null)?.[0] : null;
      const text = each.getAttribute('aria-label') ?? label?.textContent ?? each.textContent;
      return text.trim().replace(/\s+/g, ' ').startsWith(name);
    });
    if (found === undefined) throw new Error(`No ${selector} named ${name}`);
    return found;
  }

  const field = (name: string) => named('input, textarea, select', name) as HTMLInputElement;

  async function press(name: string): Promise<void> {
    named('button, a, [role=tab]', name).click();
    await stable();
  }

  /** A navigation that asks first is not stable until it was answered. */
  async function leaveBy(name: string, answer: string): Promise<void> {
    named('a', name).click();
    await eventually(() => element.querySelector('dialog[open]') !== null);
    expect(element.querySelector('dialog[open] h2')?.textContent).toBe('Leave without saving?');
    named('dialog[open] button', answer).click();
    await stable();
  }

  async function fill(name: string, value: string): Promise<void> {
    const control = field(name);
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    await stable();
  }

  async function check(name: string, isChecked = true): Promise<void> {
    if (field(name).checked !== isChecked) field(name).click();
    await stable();
  }

  async function key(name: string, key: string): Promise<void> {
    field(name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await stable();
  }

  const save = async () => {
    element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await stable();
  };

  const manifest = (): Record<string, unknown> =>
    JSON.parse(field('Manifest as JSON').value) as Record<string, unknown>;

  const urls = () =>
    [...element.querySelectorAll<HTMLInputElement>('app-endpoint-editor input[type=url]')].map(
      ({ value }) => value,
    );

  it('has nothing for axe to find on any of its sections', async () => {
    await open('/apps/new');
    for (const section of ['Webhooks', 'Engagement', 'Manifest', 'Details']) {
      await press(section);
      await expectAccessible(element);
    }
  });

  it('lets one move freely among the sections, each with a URL of its own', async () => {
    await open('/apps/new?section=engagement');
    expect(named('[role=tab]', 'Engagement').getAttribute('aria-selected')).toBe('true');

    await press('Webhooks');

    expect(router.url).toBe('/apps/new?section=webhooks');
    expect(field('One URL for all five').value).toBe(HERE);
  });

  it('installs an app, and then shows its id, its secret and the ways on', async () => {
    const account = await open('/apps/new');
    await fill('Name', ' Bridge ');
    await fill('Description', 'Bridges channel X');
    await save();
    await eventually(() => element.querySelector('app-installed-panel') !== null);
    await stable();

    const created = account.installed[2];
    expect(created?.client_name).toBe('Bridge');
    expect(element.textContent).toContain('Bridge is installed');
    expect(element.textContent).toContain(String(created?.id));
    expect(element.textContent).not.toContain('secret-1');
    await press('Reveal secret of Bridge');
    expect(element.textContent).toContain('secret-1');
    expect(element.querySelector(`a[href="/apps/${String(created?.id)}/setup"]`)?.textContent).toBe(
      'Set up webhooks',
    );
    expect(element.querySelector(`a[href="/apps/${String(created?.id)}/chat"]`)?.textContent).toBe(
      'Open chat',
    );
    await expectAccessible(element);
  });

  it('takes blanks for no name, says what is missing and leads to the first mistake', async () => {
    const account = await open('/apps/new?section=engagement');
    await save();
    await eventually(() => document.activeElement === element.querySelector('#app-name'));

    expect(router.url).toBe('/apps/new');
    expect(element.textContent).toContain('Enter a name.');
    expect(element.textContent).toContain('Describe the app in a sentence.');
    expect(named('[role=tab]', 'Details').textContent).toContain('2 to correct');
    await fill('Name', '   ');
    expect(element.textContent).toContain('Enter a name.');
    expect(account.installed.length).toBe(2);
  });

  it('makes a demo app with one press: the whole address of this server and the marker', async () => {
    await open('/apps/new');
    await fill('Name', 'Chat');
    await check('Demo app of this server');

    expect(element.textContent).toContain('Will be installed as Chat--Demo--');
    expect(urls()).toEqual(Array(5).fill(HERE));
    await press('Manifest');
    expect(manifest()['client_name']).toBe('Chat--Demo--');

    await press('Details');
    await check('Demo app of this server', false);
    expect(urls()).toEqual(Array(5).fill(''));
  });

  it('gives endpoints back what they had when the demo is called off', async () => {
    await open('/apps/new?section=webhooks');
    await fill('Messages', 'https://mine.example/x');
    await press('Details');
    await check('Demo app of this server');
    await check('Demo app of this server', false);

    expect(urls()[1]).toBe('https://mine.example/x');
  });

  it('puts one URL into all five only when asked, and reverts', async () => {
    await open('/apps/a/edit?section=webhooks');
    await fill('One URL for all five', 'https://all.example/n');
    expect(urls()).toEqual(Array(5).fill(HERE));

    await press('Use for all five');
    expect(urls()).toEqual(Array(5).fill('https://all.example/n'));

    await press('Put in this server’s URL');
    await press('Use for all five');
    expect(urls()).toEqual(Array(5).fill(HERE));

    await fill('Messages', 'https://mine.example/x');
    await press('Revert webhooks');
    expect(urls()).toEqual(Array(5).fill(HERE));
    expect(element.querySelector('[role=status].status')?.textContent).toBe('No changes');
  });

  it('refuses an endpoint that is no URL, and says so at its field', async () => {
    await open('/apps/a/edit?section=webhooks');
    await fill('Messages', 'nonsense');
    await save();
    await eventually(() => document.activeElement === field('Messages'));

    expect(element.textContent).toContain('Enter a whole URL');
  });

  it('adds headers, clears the fields, and takes neither a name twice nor an illegal one', async () => {
    const account = await open('/apps/a/edit?section=webhooks');
    await press('Messages: 0 headers');
    const add = () => press('Add header');
    await fill('Name of a new header for Messages', 'X-Key');
    await fill('Value of a new header for Messages', 'one');
    await key('Value of a new header for Messages', 'Enter');
    expect(field('Name of a new header for Messages').value).toBe('');
    expect(field('Value of a new header for Messages').value).toBe('');

    for (const name of ['x-key', 'X Key']) {
      await fill('Name of a new header for Messages', name);
      await fill('Value of a new header for Messages', 'two');
      await add();
      expect(element.querySelectorAll('app-header-editor [aria-label^="Remove header"]').length).toBe(1);
    }
    await press('Clear');
    await save();

    expect(account.find('a').capabilities?.webhooks?.[CONTENT]?.headers).toEqual([
      { header_name: 'X-Key', header_value: 'one' },
    ]);
  });

  it('asks to add or clear a header that was typed and not added', async () => {
    const account = await open('/apps/a/edit?section=webhooks');
    await press('Messages: 0 headers');
    await fill('Name of a new header for Messages', 'X-Key');
    await save();
    await eventually(() => document.activeElement === field('Name of a new header for Messages'));

    expect(element.textContent).toContain('Add this header, or clear both fields.');
    expect(account.revision).toBe(1);
  });

  it('leaves no trace of headers that were edited and given up', async () => {
    const account = await open('/apps/a/edit?section=webhooks');
    const before = JSON.stringify(account.installed);
    await press('Messages: 0 headers');
    await fill('Name of a new header for Messages', 'X-Key');
    await fill('Value of a new header for Messages', 'one');
    await press('Add header');
    await leaveBy('Cancel', 'Leave and discard');
    await eventually(() => router.url === '/apps');

    expect(JSON.stringify(account.installed)).toBe(before);
  });

  it('keeps retries and a retention time of its own, and shows them', async () => {
    const webhooks = { [CONTENT]: { endpoint: HERE, max_retries: 3 }, retry: { retention_time: 9200 } };
    const account = await open('/apps/a/edit?section=webhooks', withApp({ capabilities: { webhooks } }));
    const retention = field('Keep what cannot be delivered') as unknown as HTMLSelectElement;

    expect(retention.selectedOptions[0]?.textContent.trim()).toBe('2 h 33 min 20 s (9200 s)');
    await press('Messages: 0 headers · 3 retries');
    await fill('Maximum retries', '5');
    await save();

    expect(account.find('a').capabilities?.webhooks).toEqual({
      [CONTENT]: { endpoint: HERE, max_retries: 5 },
      retry: { retention_time: 9200 },
    });
  });

  it('opens an app whose engagement lacks members, and does not judge what was there before', async () => {
    const account = await open(
      '/apps/a/edit',
      withApp({ description: '', capabilities: { engagement: { goal: ['lead'] } } }),
    );
    await fill('Name', 'Alpha 2');
    await save();

    expect(account.find('a').client_name).toBe('Alpha 2');
    expect(account.find('a').capabilities).toEqual({ engagement: { goal: ['lead'] } });
  });

  it('chooses engagement words by a press or by typing, within their rules, and resets them', async () => {
    const account = await open('/apps/new?section=engagement');
    await check('url', false);
    await check('section', false);
    await save();
    await press('Engagement');
    expect(element.textContent).toContain('Choose at least one.');

    await fill('Other word for Entry points', 'mine, ');
    expect(field('Other word for Entry points').value).toBe('');
    await fill('Other word for Entry points', ' url ');
    await key('Other word for Entry points', 'Enter');
    expect(element.textContent).not.toContain('Choose at least one.');
    await press('Manifest');
    const engagement = (manifest()['capabilities'] as { engagement: Record<string, unknown> }).engagement;
    expect(engagement['entry_point']).toEqual(['mine', 'url']);

    await press('Engagement');
    await press('Reset to defaults');
    expect(field('section').checked).toBeTrue();
    expect(element.textContent).not.toContain('mine');
    expect(account.installed.length).toBe(2);
  });

  it('offers the defaults to an app without engagement, and adds them only when asked', async () => {
    const account = await open('/apps/a/edit?section=engagement');
    expect(field('Describe engagements').checked).toBeFalse();
    await check('Describe engagements');
    await save();

    expect(account.find('a').capabilities?.engagement).toEqual(
      jasmine.objectContaining({ entry_point: ['url', 'section'], consumer_identity: ['auth'] }),
    );
  });

  it('shows a manifest that is pasted in the form, and sends its unknown members', async () => {
    const account = await open('/apps/new?section=manifest');
    const own = {
      client_name: 'Pasted',
      description: 'From a file',
      scope: 'msg.consumer',
      grant_types: ['client_credentials'],
      custom: { deep: true },
    };
    await fill('Manifest as JSON', JSON.stringify({ ...own, client_secret: 'foreign' }));
    expect(element.textContent).toContain('Only LivePerson sets client_secret');
    await press('Details');
    expect(field('Name').value).toBe('Pasted');
    await save();
    await eventually(() => account.installed.length === 3);

    expect(account.installed[2]).toEqual(jasmine.objectContaining(own));
    expect(account.installed[2]?.['client_secret']).toBeUndefined();
  });

  it('reads a manifest from a file', async () => {
    await open('/apps/new?section=manifest');
    const files = new DataTransfer();
    files.items.add(new File(['{ "client_name": "From file" }'], 'app.json'));
    const input = element.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('No file field');
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await eventually(() => element.textContent.includes('Read from app.json.'));

    expect(manifest()['client_name']).toBe('From file');
  });

  it('reads a manifest that is dropped on the text, and says where it may be dropped', async () => {
    await open('/apps/new?section=manifest');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{ "client_name": "Dropped" }'], 'dropped.json'));
    const area = field('Manifest as JSON');
    const over = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    area.dispatchEvent(over);
    await stable();
    expect(over.defaultPrevented).toBeTrue();
    expect(element.querySelector('.is-dragged-over')).not.toBeNull();

    area.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    await eventually(() => element.textContent.includes('Read from dropped.json.'));

    expect(manifest()['client_name']).toBe('Dropped');
    expect(element.querySelector('.is-dragged-over')).toBeNull();
  });

  it('keeps a text that is no manifest, says where it breaks, and locks the form until it is settled', async () => {
    const account = await open('/apps/a/edit?section=manifest');
    await fill('Manifest as JSON', '{\n oops');
    expect(element.textContent).toContain('near line 2, column 2');
    await press('Details');
    expect(field('Name').matches(':disabled')).toBeTrue();
    await save();
    await eventually(() => router.url.endsWith('section=manifest'));
    expect(field('Manifest as JSON').value).toBe('{\n oops');
    expect(account.revision).toBe(1);

    await fill('Manifest as JSON', '{ "client_name": 3 }');
    expect(element.textContent).toContain('client_name: This must be a text.');
    await expectAccessible(element);
    await press('Discard this text');
    expect(manifest()['client_name']).toBe('Alpha');
  });

  it('does not touch the text while a person types it', async () => {
    await open('/apps/a/edit?section=manifest');
    const typed = '{"client_name":"Alpha" , "enabled":true}';
    await fill('Manifest as JSON', typed);
    expect(field('Manifest as JSON').value).toBe(typed);

    await press('Tidy up');
    expect(field('Manifest as JSON').value).toBe('{\n  "client_name": "Alpha",\n  "enabled": true\n}');
  });

  it('shows a newer version field by field, and saves what was chosen', async () => {
    const account = await open('/apps/a/edit');
    await fill('Description', 'mine');
    account.replace({ ...account.find('a'), description: 'theirs', scope: 'msg.consumer more' });
    await save();
    await eventually(() => element.querySelector('app-conflict-panel') !== null);
    await stable();

    expect(document.activeElement?.textContent).toContain('Somebody else changed this app meanwhile');
    const legends = [...element.querySelectorAll('legend')].map((each) => each.textContent.trim());
    expect(legends.some((text) => text.startsWith('Description'))).toBeTrue();
    expect(legends.some((text) => text.startsWith('Scope'))).toBeTrue();
    await expectAccessible(element);

    await press('Take all of theirs');
    await press('Take over and edit on');
    expect(field('Description').value).toBe('theirs');
    await fill('Name', 'Alpha 2');
    await save();
    expect(account.find('a')).toEqual(
      jasmine.objectContaining({ client_name: 'Alpha 2', description: 'theirs', scope: 'msg.consumer more' }),
    );
  });

  it('keeps what was typed when a save fails, and says why', async () => {
    const account = await open('/apps/a/edit');
    await fill('Name', 'Typed');
    account.refusal = buildFailure('upstream-timeout');
    await save();
    await eventually(() => document.activeElement?.tagName === 'APP-FAILURE-NOTE');

    expect(element.textContent).toContain('The cloud did not answer in time');
    expect(field('Name').value).toBe('Typed');
    await expectAccessible(element);
  });

  it('asks before it is left with changes, and stays when told so', async () => {
    await open('/apps/a/edit');
    await fill('Name', 'Typed');
    await leaveBy('Apps', 'Stay');

    expect(router.url).toBe('/apps/a/edit');
    expect(field('Name').value).toBe('Typed');
  });

  it('leaves without a word when nothing was changed', async () => {
    await open('/apps/a/edit');
    await press('Close');
    await eventually(() => router.url === '/apps');
  });

  it('has back what was typed when the session ended in between', async () => {
    const account = await open('/apps/a/edit');
    await fill('Name', 'Typed');
    const signedIn = TestBed.inject(SignedInUser);
    signedIn.forget();
    await router.navigateByUrl('/sign-in');
    expect(router.url).toBe('/sign-in');

    await signedIn.signInToDemo();
    await router.navigateByUrl('/apps/a/edit');
    await eventually(() => element.querySelector('#app-name') !== null);
    await stable();

    expect(field('Name').value).toBe('Typed');
    expect(element.textContent).toContain('What you typed before the session ended is back');
    await save();
    expect(account.find('a').client_name).toBe('Typed');
  });

  it('shows the id of the app, which is no field', async () => {
    await open('/apps/a/edit');

    expect(element.querySelector('.page-head code')?.textContent).toBe('a');
    expect(element.querySelector('[aria-label="Copy id of Alpha"]')).not.toBeNull();
    expect([...element.querySelectorAll('input')].map(({ value }) => value)).not.toContain('a');
  });

  it('reverts everything after asking', async () => {
    await open('/apps/a/edit');
    await fill('Name', 'Typed');
    await press('Revert all');
    named('dialog[open] button', 'Revert all').click();
    await eventually(() => field('Name').value === 'Alpha');
  });

  it('says why an app cannot be edited, and tries again', async () => {
    const account = withApp();
    const read = spyOn(account, 'installation').and.rejectWith(buildFailure('upstream-timeout'));
    await open('/apps/a/edit', account);
    expect(element.textContent).toContain('The cloud did not answer in time');

    read.and.callThrough();
    await press('Retry');
    await eventually(() => element.querySelector('#app-name') !== null);
  });
});
