import { openEditor } from '../../testing/opened-editor';

describe('EngagementSection', () => {
  it('chooses engagement words by a press or by typing, within their rules, and resets them', async () => {
    const editor = await openEditor('/apps/new?section=engagement');
    await editor.check('url', false);
    await editor.check('section', false);
    await editor.save();
    await editor.press('Engagement');
    expect(editor.element.textContent).toContain('Choose at least one.');

    await editor.fill('Other word for Entry points', 'mine, ');
    expect(editor.field('Other word for Entry points').value).toBe('');
    await editor.fill('Other word for Entry points', ' url ');
    await editor.key('Other word for Entry points', 'Enter');
    expect(editor.element.textContent).not.toContain('Choose at least one.');
    await editor.press('Manifest');
    const engagement = (editor.manifest()['capabilities'] as { engagement: Record<string, unknown> })
      .engagement;
    expect(engagement['entry_point']).toEqual(['mine', 'url']);

    await editor.press('Engagement');
    await editor.press('Reset to defaults');
    expect(editor.field('section').checked).toBeTrue();
    expect(editor.element.textContent).not.toContain('mine');
    expect(editor.account.installed.length).toBe(2);
  });

  it('offers the defaults to an app without engagement, and adds them only when asked', async () => {
    const editor = await openEditor('/apps/a/edit?section=engagement');
    expect(editor.field('Describe engagements').checked).toBeFalse();
    await editor.check('Describe engagements');
    await editor.save();

    expect(editor.account.find('a').capabilities?.engagement).toEqual(
      jasmine.objectContaining({ entry_point: ['url', 'section'], consumer_identity: ['auth'] }),
    );
  });
});
