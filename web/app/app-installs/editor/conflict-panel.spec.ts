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
});
