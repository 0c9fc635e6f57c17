import { HERE } from '../../testing/build-installation';
import { eventually } from '../../testing/eventually';
import { accountWithApp, openEditor } from '../../testing/opened-editor';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

describe('WebhooksSection', () => {
  it('makes a demo app with one press: the whole address of this server and the marker', async () => {
    const editor = await openEditor('/apps/new');
    await editor.fill('Name', 'Chat');
    await editor.check('Demo app of this server');

    expect(editor.element.textContent).toContain('Will be installed as Chat--Demo--');
    expect(editor.urls()).toEqual(Array(5).fill(HERE));
    await editor.press('Manifest');
    expect(editor.manifest()['client_name']).toBe('Chat--Demo--');

    await editor.press('Details');
    await editor.check('Demo app of this server', false);
    expect(editor.urls()).toEqual(Array(5).fill(''));
  });

  it('gives endpoints back what they had when the demo is called off', async () => {
    const editor = await openEditor('/apps/new?section=webhooks');
    await editor.fill('Messages', 'https://mine.example/x');
    await editor.press('Details');
    await editor.check('Demo app of this server');
    await editor.check('Demo app of this server', false);

    expect(editor.urls()[1]).toBe('https://mine.example/x');
  });

  it('puts one URL into all five only when asked, and reverts', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    await editor.fill('One URL for all five', 'https://all.example/n');
    expect(editor.urls()).toEqual(Array(5).fill(HERE));

    await editor.press('Use for all five');
    expect(editor.urls()).toEqual(Array(5).fill('https://all.example/n'));

    await editor.press('Use this server’s URL');
    await editor.press('Use for all five');
    expect(editor.urls()).toEqual(Array(5).fill(HERE));

    await editor.fill('Messages', 'https://mine.example/x');
    await editor.press('Revert webhooks');
    expect(editor.urls()).toEqual(Array(5).fill(HERE));
    expect(editor.element.querySelector('[role=status].status')?.textContent).toBe('No changes');
  });

  it('refuses an endpoint that is no URL, and says so at its field', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    await editor.fill('Messages', 'nonsense');
    await editor.save();
    await eventually(() => document.activeElement === editor.field('Messages'));

    expect(editor.element.textContent).toContain('Enter a whole URL');
  });

  it('adds headers, clears the fields, and takes neither a name twice nor an illegal one', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    await editor.press('Messages: 0 headers · no retries');
    const add = () => editor.press('Add header');
    await editor.fill('Name of a new header for Messages', 'X-Key');
    await editor.fill('Value of a new header for Messages', 'one');
    await editor.key('Value of a new header for Messages', 'Enter');
    expect(editor.field('Name of a new header for Messages').value).toBe('');
    expect(editor.field('Value of a new header for Messages').value).toBe('');

    for (const name of ['x-key', 'X Key']) {
      await editor.fill('Name of a new header for Messages', name);
      await editor.fill('Value of a new header for Messages', 'two');
      await add();
      expect(editor.element.querySelectorAll('app-header-editor [aria-label^="Remove header"]').length).toBe(
        1,
      );
    }
    await editor.press('Clear');
    await editor.save();

    expect(editor.account.find('a').capabilities?.webhooks?.[CONTENT]?.headers).toEqual([
      { header_name: 'X-Key', header_value: 'one' },
    ]);
  });

  it('asks to add or clear a header that was typed and not added', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    await editor.press('Messages: 0 headers · no retries');
    await editor.fill('Name of a new header for Messages', 'X-Key');
    await editor.save();
    await eventually(() => document.activeElement === editor.field('Name of a new header for Messages'));

    expect(editor.element.textContent).toContain('Add this header, or clear both fields.');
    expect(editor.account.revision).toBe(1);
  });

  it('leaves no trace of headers that were edited and given up', async () => {
    const editor = await openEditor('/apps/a/edit?section=webhooks');
    const before = JSON.stringify(editor.account.installed);
    await editor.press('Messages: 0 headers · no retries');
    await editor.fill('Name of a new header for Messages', 'X-Key');
    await editor.fill('Value of a new header for Messages', 'one');
    await editor.press('Add header');
    await editor.leaveBy('Cancel', 'Leave and discard');
    await eventually(() => editor.router.url === '/apps');

    expect(JSON.stringify(editor.account.installed)).toBe(before);
  });

  it('keeps retries and a retention time of its own, and shows them', async () => {
    const webhooks = { [CONTENT]: { endpoint: HERE, max_retries: 3 }, retry: { retention_time: 9200 } };
    const editor = await openEditor(
      '/apps/a/edit?section=webhooks',
      accountWithApp({ capabilities: { webhooks } }),
    );
    const retention = editor.field('Keep undelivered notifications') as unknown as HTMLSelectElement;

    expect(retention.selectedOptions[0]?.textContent.trim()).toBe('2 h 33 min 20 s (9200 s)');
    // With a retention time there are retries, of its own number.
    await editor.press('Chat states: 0 headers');
    await editor.press('Chat states: 0 headers');
    await editor.press('Messages: 0 headers · 3 retries');
    await editor.fill('Maximum retries', '5');
    await editor.save();

    expect(editor.account.find('a').capabilities?.webhooks).toEqual({
      [CONTENT]: { endpoint: HERE, max_retries: 5 },
      retry: { retention_time: 9200 },
    });
  });
});
