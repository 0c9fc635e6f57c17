import { TestBed } from '@angular/core/testing';

import { SignedInUser } from '../bridge/signed-in-user';
import { eventually } from '../testing/eventually';
import { openEditor } from '../testing/opened-editor';
import { CurrentPage } from './current-page';
import { Leaving } from './leaving';

describe('the way out', () => {
  async function edited() {
    const editor = await openEditor('/apps/a/edit');
    TestBed.inject(CurrentPage).show(editor.page);
    await editor.fill('Name', 'Typed');
    return { editor, leaving: TestBed.inject(Leaving) };
  }

  it('asks before what was typed is lost by signing out', async () => {
    const { editor, leaving } = await edited();

    const left = leaving.signOut();
    await editor.answer('Leave without saving?', 'Stay');
    await left;

    expect(editor.router.url).toBe('/apps/a/edit');
    expect(editor.field('Name').value).toBe('Typed');
  });

  it('asks nothing of who signs in again: what was typed is there afterwards', async () => {
    const { editor, leaving } = await edited();

    await leaving.signInAgain();
    expect(editor.router.url).toContain('/sign-in?wanted=%2Fapps%2Fa%2Fedit');

    await TestBed.inject(SignedInUser).signInToDemo();
    await editor.router.navigateByUrl('/apps/a/edit');
    await eventually(() => editor.element.querySelector('#app-name') !== null);
    await editor.stable();
    expect(editor.field('Name').value).toBe('Typed');
  });
});
