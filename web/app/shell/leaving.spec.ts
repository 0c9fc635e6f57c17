import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { SignedInUser } from '../bridge/signed-in-user';
import { TabMemory } from '../bridge/tab-memory';
import { Unsent } from '../bridge/unsent';
import { BlankPage } from '../testing/blank-page';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { openEditor } from '../testing/opened-editor';
import { provideAccount } from '../testing/provide-account';
import { CurrentPage } from './current-page';
import { Leaving } from './leaving';
import { SignOutQuestion } from './sign-out-question';

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

  describe('of who has not sent all that was written', () => {
    async function written(...texts: readonly string[]) {
      TestBed.configureTestingModule({
        providers: [provideAccount(new FakeAccount()), provideRouter([{ path: '**', component: BlankPage }])],
      });
      const signedIn = TestBed.inject(SignedInUser);
      const isAny = (kept: unknown): kept is readonly string[] => Array.isArray(kept);
      const drafts = TestBed.runInInjectionContext(() =>
        TestBed.inject(TabMemory).words<string>('drafts', [], isAny, (list) => list.length),
      );
      await signedIn.signInToDemo();
      drafts.set(texts);
      TestBed.tick();
      return { signedIn, drafts, leaving: TestBed.inject(Leaving) };
    }

    it('names what signing out would delete, and keeps all of it for who stays', async () => {
      const { signedIn, drafts, leaving } = await written('Not yet', 'Nor this');
      TestBed.inject(Unsent).files.set(1);

      const left = leaving.signOut();
      const fixture = TestBed.createComponent(SignOutQuestion);
      fixture.componentRef.setInput('counts', leaving.question());
      await fixture.whenStable();
      const element = fixture.nativeElement as HTMLElement;
      expect(element.querySelector('.text')?.textContent.trim()).toBe(
        'Signing out deletes what you did not send: 2 drafts, 1 file not sent.',
      );
      await expectAccessible(element);
      [...element.querySelectorAll('button')].find((one) => one.textContent.includes('Stay'))!.click();
      await left;

      expect([signedIn.isSignedIn(), leaving.question()]).toEqual([true, null]);
      expect(drafts()).toEqual(['Not yet', 'Nor this']);
    });

    it('deletes it once the person has said so', async () => {
      const { signedIn, drafts, leaving } = await written('Not yet');

      const left = leaving.signOut();
      leaving.answer(true);
      await left;

      expect([signedIn.isSignedIn(), drafts()]).toEqual([false, []]);
    });

    it('asks nothing where nothing would be lost', async () => {
      const { signedIn, leaving } = await written();

      await leaving.signOut();

      expect(signedIn.isSignedIn()).toBeFalse();
    });

    it('keeps it for who signs in again', async () => {
      const { signedIn, drafts, leaving } = await written('Not yet');

      await leaving.signInAgain();
      expect(signedIn.isSignedIn()).toBeFalse();
      await signedIn.signInToDemo();

      expect(drafts()).toEqual(['Not yet']);
    });
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
