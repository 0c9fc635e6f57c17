import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { openEditor } from '../../testing/opened-editor';

describe('ConflictPanel', () => {
  it('shows a newer version field by field, and saves what was chosen', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Description', 'mine');
    editor.account.replace({
      ...editor.account.find('a'),
      description: 'theirs',
      scope: 'msg.consumer more',
    });
    await editor.save();
    await eventually(() => editor.element.querySelector('app-conflict-panel') !== null);
    await editor.stable();

    expect(document.activeElement?.textContent).toContain('Somebody else changed this app in the meantime');
    const legends = [...editor.element.querySelectorAll('legend')].map((each) => each.textContent.trim());
    expect(legends.some((text) => text.startsWith('Description'))).toBeTrue();
    expect(legends.some((text) => text.startsWith('Scope'))).toBeTrue();
    // Once, above both sides: what both have replaced.
    expect(legends.filter((text) => text.includes('Before: '))).toHaveSize(1);
    expect(editor.element.querySelector('app-conflict-panel .side')?.textContent).not.toContain('Before');
    const told = () => editor.element.querySelector('app-conflict-panel .head')?.textContent;
    expect(told()).toContain('There are 2 differences');
    expect(told()).not.toContain('Your other changes stay.');
    await expectAccessible(editor.element);

    await editor.press('Take all theirs');
    await editor.press('Apply and keep editing');
    expect(editor.field('Description').value).toBe('theirs');
    await editor.fill('Name', 'Alpha 2');
    await editor.save();
    expect(editor.account.find('a')).toEqual(
      jasmine.objectContaining({ client_name: 'Alpha 2', description: 'theirs', scope: 'msg.consumer more' }),
    );
  });

  it('speaks of other changes where there are some', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Alpha 2');
    editor.account.replace({ ...editor.account.find('a'), description: 'theirs' });
    await editor.save();
    await eventually(() => editor.element.querySelector('app-conflict-panel') !== null);
    await editor.stable();

    const told = editor.element.querySelector('app-conflict-panel .head')?.textContent;
    expect(told).toContain('There is one difference');
    expect(told).toContain('Your other changes stay.');
  });
});
