import { TestBed } from '@angular/core/testing';

import { SignedInUser } from '../../bridge/signed-in-user';
import { eventually } from '../../testing/eventually';
import { openEditor } from '../../testing/opened-editor';
import { Toasts } from '../../ui/toasts';

describe('Leaving the editor', () => {
  it('asks before it is left with changes, and stays when told so', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Typed');
    await editor.leaveBy('Apps', 'Stay');

    expect(editor.router.url).toBe('/apps/a/edit');
    expect(editor.field('Name').value).toBe('Typed');
  });

  it('leaves without a word when nothing was changed', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.press('Close');
    await eventually(() => editor.router.url === '/apps');
  });

  it('has back what was typed when the session ended in between', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Typed');
    const signedIn = TestBed.inject(SignedInUser);
    signedIn.forget();
    await editor.router.navigateByUrl('/sign-in');
    expect(editor.router.url).toBe('/sign-in');

    await signedIn.signInToDemo();
    await editor.router.navigateByUrl('/apps/a/edit');
    await eventually(() => editor.element.querySelector('#app-name') !== null);
    await editor.stable();

    expect(editor.field('Name').value).toBe('Typed');
    expect(editor.element.textContent).toContain('What you typed before the session ended is back');
    await editor.save();
    expect(editor.account.find('a').client_name).toBe('Typed');
  });

  it('does not lead back what was left while it was installed, but tells of it', async () => {
    const editor = await openEditor('/apps/new');
    await editor.fill('Name', 'Bridge');
    await editor.fill('Description', 'Bridges channel X');
    const answer = Promise.withResolvers<undefined>();
    editor.account.gate = answer.promise;
    void editor.save();
    await editor.leaveBy('Cancel', 'Leave and discard');
    await eventually(() => editor.router.url === '/apps');

    answer.resolve(undefined);
    await eventually(() => TestBed.inject(Toasts).toasts().length > 0);

    expect(TestBed.inject(Toasts).toasts()[0]?.title).toBe('Bridge was installed');
    expect(editor.router.url).toBe('/apps');
  });

  it('leaves another page as it is when a save that was left is refused', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Beta');
    const answer = Promise.withResolvers<undefined>();
    editor.account.gate = answer.promise;
    void editor.save();
    await editor.leaveBy('Cancel', 'Leave and discard');
    await editor.router.navigateByUrl('/apps?filter=beta');

    answer.resolve(undefined);
    await new Promise((resolve) => setTimeout(resolve));
    await editor.stable();

    expect(editor.router.url).toBe('/apps?filter=beta');
  });

  it('reverts everything after asking', async () => {
    const editor = await openEditor('/apps/a/edit');
    await editor.fill('Name', 'Typed');
    await editor.press('Revert all');
    editor.named('dialog[open] button', 'Revert all').click();
    await eventually(() => editor.field('Name').value === 'Alpha');
    // The button that had the focus is gone.
    await eventually(() => document.activeElement?.id === 'editor-section-tab-details');
  });
});
