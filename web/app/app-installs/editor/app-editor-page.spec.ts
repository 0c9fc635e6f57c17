import { buildFailure } from '../../testing/build-failure';
import { HERE } from '../../testing/build-installation';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { accountWithApp, openEditor } from '../../testing/opened-editor';

describe('AppEditorPage', () => {
  it('has nothing for axe to find on any of its sections', async () => {
    const editor = await openEditor('/apps/new');
    for (const section of ['Webhooks', 'Engagement', 'Manifest', 'Details']) {
      await editor.press(section);
      await expectAccessible(editor.element);
    }
  });

  it('lets one move freely among the sections, each with a URL of its own', async () => {
    const editor = await openEditor('/apps/new?section=engagement');
    expect(editor.named('[role=tab]', 'Engagement').getAttribute('aria-selected')).toBe('true');

    await editor.press('Webhooks');

    expect(editor.router.url).toBe('/apps/new?section=webhooks');
    expect(editor.field('One URL for all five').value).toBe(HERE);
  });

  it('installs an app, and then shows its id, its secret and the ways on', async () => {
    const editor = await openEditor('/apps/new');
    await editor.fill('Name', ' Bridge ');
    await editor.fill('Description', 'Bridges channel X');
    await editor.save();
    await eventually(() => editor.element.querySelector('app-installed-panel') !== null);
    await editor.stable();

    const created = editor.account.installed[2];
    expect(created?.client_name).toBe('Bridge');
    expect(editor.element.querySelector('h1')?.textContent).toBe('Bridge is installed');
    expect(editor.element.textContent).toContain(String(created?.id));
    expect(editor.element.textContent).toContain('Nothing will arrive until webhook endpoints are given');
    expect(editor.element.textContent).not.toContain('It can be used right away');
    expect(editor.named('a', 'go to its set-up').getAttribute('href')).toBe(
      `/apps/${String(created?.id)}/setup`,
    );
    expect(editor.element.textContent).not.toContain('secret-1');
    await editor.press('Reveal secret of Bridge');
    expect(editor.element.textContent).toContain('secret-1');
    expect(editor.named('a', 'Set up webhooks').getAttribute('href')).toBe(
      `/apps/${String(created?.id)}/setup`,
    );
    expect(editor.element.querySelector(`a[href="/apps/${String(created?.id)}/chat"]`)?.textContent).toBe(
      'Open chat',
    );
    await expectAccessible(editor.element);
  });

  it('asks before it installs an app that is not a connector app, and leads to the scope', async () => {
    const editor = await openEditor('/apps/new');
    await editor.fill('Name', 'Reader');
    await editor.fill('Description', 'Reads what agents do');
    await editor.fill('Scope', 'agent_id');
    await editor.press('Webhooks');
    void editor.save();
    await editor.answer('Install an app that cannot chat?', 'Back to the details');
    await eventually(() => document.activeElement === editor.field('Scope'));

    expect(editor.account.installed.length).toBe(2);
  });

  it('tells the truth of an app that was installed without the connector’s scope', async () => {
    const editor = await openEditor('/apps/new');
    await editor.fill('Name', 'Reader');
    await editor.fill('Description', 'Reads what agents do');
    await editor.fill('Scope', 'agent_id');
    void editor.save();
    await editor.answer('Install an app that cannot chat?', 'Install anyway');
    await eventually(() => editor.element.querySelector('app-installed-panel') !== null);
    await editor.stable();

    expect(editor.element.textContent).toContain('The app lacks the scope msg.consumer');
    expect(editor.element.textContent).not.toContain('It can be used right away');
    expect(() => editor.named('a', 'Open chat')).toThrowError();
    expect(editor.named('a', 'Edit this app').className).toContain('mat-mdc-unelevated-button');
    expect(editor.named('a', 'Back to apps').getAttribute('href')).toBe('/apps?others=shown');
    await expectAccessible(editor.element);
  });

  it('does not ask about an app that was not a connector app before', async () => {
    const editor = await openEditor('/apps/a/edit', accountWithApp({ scope: 'agent_id' }));
    await editor.fill('Description', 'Second');
    await editor.save();

    expect(editor.account.find('a').description).toBe('Second');
  });

  it('takes blanks for no name, says what is missing and leads to the first mistake', async () => {
    const editor = await openEditor('/apps/new?section=engagement');
    await editor.save();
    await eventually(() => document.activeElement === editor.element.querySelector('#app-name'));

    expect(editor.router.url).toBe('/apps/new');
    expect(editor.element.textContent).toContain('Enter a name.');
    expect(editor.element.textContent).toContain('Describe the app in a sentence.');
    expect(editor.named('[role=tab]', 'Details').textContent).toContain('2 to correct');
    await editor.fill('Name', '   ');
    expect(editor.element.textContent).toContain('Enter a name.');
    expect(editor.account.installed.length).toBe(2);
  });

  it('opens an app whose engagement lacks members, and does not judge what was there before', async () => {
    const editor = await openEditor(
      '/apps/a/edit',
      accountWithApp({ description: '', capabilities: { engagement: { goal: ['lead'] } } }),
    );
    await editor.fill('Name', 'Alpha 2');
    await editor.save();

    expect(editor.account.find('a').client_name).toBe('Alpha 2');
    expect(editor.account.find('a').capabilities).toEqual({ engagement: { goal: ['lead'] } });
  });

  it('keeps what was typed when a save fails, and says why', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Typed');
    editor.account.refusal = buildFailure('upstream-timeout');
    await editor.save();
    await eventually(() => document.activeElement?.tagName === 'APP-FAILURE-NOTE');

    expect(editor.element.textContent).toContain('The cloud did not answer in time');
    expect(editor.element.textContent).toContain('Tried to save the app.');
    expect(editor.field('Name').value).toBe('Typed');
    await expectAccessible(editor.element);
  });

  it('promises of a freshly installed app only what it does as it is', async () => {
    const editor = await openEditor('/apps/a/edit?created=1', accountWithApp({ enabled: false }));
    const panel = editor.element.querySelector('app-installed-panel')?.textContent;

    expect(panel).toContain('Nothing uses the secret while the app is disabled.');
    expect(panel).not.toContain('to get tokens');
    expect(panel).toContain('The secret cannot be renewed here.');
  });

  it('shows the id of the app, which is no field', async () => {
    const editor = await openEditor('/apps/a/edit');

    expect(editor.element.querySelector('.page-head code')?.textContent).toBe('a');
    expect(editor.element.querySelector('[aria-label="Copy id of Alpha"]')).not.toBeNull();
    expect([...editor.element.querySelectorAll('input')].map(({ value }) => value)).not.toContain('a');
  });

  it('leads from an app that is gone to the others: asking again is no use', async () => {
    const editor = await openEditor('/apps/gone/edit');

    expect(editor.element.textContent).toContain('The account has no such app');
    expect(() => editor.named('button', 'Retry')).toThrowError();
    expect(editor.named('a', 'Choose another app').getAttribute('href')).toBe('/apps');
    await expectAccessible(editor.element);
  });

  it('names a header that was typed and not added', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    await editor.press('Messages:');
    await editor.fill('Name of a new header for Messages', 'X-Key');

    expect(editor.element.querySelector('#editor-status')?.textContent).toBe('A header is not added yet');
    const row = editor.field('Name of a new header for Messages').closest('app-endpoint-editor');
    expect(row?.textContent).toContain('Header not added');
    expect(row?.textContent).not.toContain('Changed');
    expect(editor.element.querySelector('.revert, .revert-webhooks')).toBeNull();
  });

  it('says why an app cannot be edited, and tries again', async () => {
    const account = accountWithApp();
    const read = spyOn(account, 'installation').and.rejectWith(buildFailure('upstream-timeout'));
    const editor = await openEditor('/apps/a/edit', account);
    expect(editor.element.textContent).toContain('The cloud did not answer in time');

    read.and.callThrough();
    await editor.press('Retry');
    await eventually(() => editor.element.querySelector('#app-name') !== null);
  });
});
