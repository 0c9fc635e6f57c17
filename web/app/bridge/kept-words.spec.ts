import { TestBed } from '@angular/core/testing';

import { FakeStorage } from '../testing/provide-account';
import { BROWSER_STORAGE, TAB_STORAGE } from './browser-storage';
import { OPEN_PAGES, type OpenPages } from './open-pages';
import { TabMemory } from './tab-memory';

const areTexts = (kept: unknown): kept is readonly string[] => Array.isArray(kept);

/** A browser whose pages the spec opens and closes. */
function openBrowser() {
  const storage = new FakeStorage();
  const open = new Set<string>();
  /** How many more pages the browser tells of before it hangs. */
  let tellsOf = Number.POSITIVE_INFINITY;
  const isHanging = Promise.withResolvers<undefined>();

  /** A page of a tab; without one, of a new tab. */
  async function openPage(tab = new FakeStorage(), person: string | null = 'demo/1') {
    const entered: string[] = [];
    const pages: OpenPages = {
      enter: (id) => {
        open.add(id);
        entered.push(id);
      },
      isOpen: (id) => {
        tellsOf -= 1;
        if (tellsOf >= 0) return Promise.resolve(open.has(id));
        isHanging.resolve(undefined);
        return new Promise<never>(() => undefined);
      },
      end: () => Promise.resolve(),
    };
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: BROWSER_STORAGE, useValue: storage },
        { provide: TAB_STORAGE, useValue: tab },
        { provide: OPEN_PAGES, useValue: pages },
      ],
    });
    const memory = TestBed.inject(TabMemory);
    if (person !== null) {
      memory.belongTo(person);
      const taken = memory.takeOver();
      if (tellsOf === Number.POSITIVE_INFINITY) await taken;
      else await isHanging.promise;
    }
    const words = (name: 'drafts' | 'unsent') =>
      TestBed.runInInjectionContext(() => memory.words(name, [], areTexts, (list) => list.length));
    const drafts = words('drafts');
    const write = (...texts: readonly string[]) => {
      drafts.set(texts);
      TestBed.tick();
    };
    const close = () => {
      for (const id of entered) open.delete(id);
    };
    return { tab, memory, drafts, write, close };
  }
  /** Opens a page that is left in the middle, when the browser has told of so many others. */
  async function openCutOff(tab: FakeStorage, told: number) {
    tellsOf = told;
    const page = await openPage(tab);
    tellsOf = Number.POSITIVE_INFINITY;
    return page;
  }
  return { storage, openPage, openCutOff };
}

describe('KeptWords', () => {
  it('gives a new tab what one left that was closed', async () => {
    const { openPage } = openBrowser();
    const before = await openPage();
    before.write('Not yet');
    before.close();

    expect((await openPage()).drafts()).toEqual(['Not yet']);
  });

  it('gives what was left to one tab only, which leaves it in its turn', async () => {
    const { openPage } = openBrowser();
    const first = await openPage();
    first.write('Not yet');
    first.close();

    const second = await openPage();
    expect((await openPage()).drafts()).toEqual([]);

    second.close();
    expect((await openPage()).drafts()).toEqual(['Not yet']);
  });

  it('leaves alone what is in a tab that is open, and joins what several have left', async () => {
    const { openPage } = openBrowser();
    const first = await openPage();
    first.write('one');
    const second = await openPage();
    expect(second.drafts()).toEqual([]);
    second.write('other');

    first.close();
    second.close();

    expect([...(await openPage()).drafts()].sort()).toEqual(['one', 'other']);
  });

  it('has nothing any more of what was sent', async () => {
    const { openPage, storage } = openBrowser();
    const page = await openPage();
    page.write('Not yet');
    page.write();
    page.close();

    expect((await openPage()).drafts()).toEqual([]);
    expect(storage.keys().filter((key) => key.startsWith('words/'))).toEqual([]);
  });

  it('stays with its tab through a reload, and does not come twice when that is closed', async () => {
    const { openPage } = openBrowser();
    const before = await openPage();
    before.write('Not yet');
    before.close();

    const after = await openPage(before.tab);
    expect(after.drafts()).toEqual(['Not yet']);
    expect(after.memory.wordCounts()).toEqual({ drafts: 1, unsent: 0 });
    after.close();

    expect((await openPage()).drafts()).toEqual(['Not yet']);
  });

  it('is gone with a sign-out, also from tabs that were not asked', async () => {
    const { openPage, storage } = openBrowser();
    const other = await openPage();
    other.write('Not yet');
    const page = await openPage();
    page.write('Here', 'and there');
    expect(page.memory.wordCounts().drafts).toBe(3);

    page.memory.forget();

    expect(page.memory.wordCounts().drafts).toBe(0);
    expect(JSON.stringify(storage.keys().map((key) => storage.get(key)))).not.toContain('Not yet');
    expect((await openPage(other.tab)).drafts()).toEqual([]);
    other.close();
    expect((await openPage()).drafts()).toEqual([]);
  });

  it('is gone from a tab that is open once another one signs out, and nothing of it is kept again', async () => {
    const { openPage, storage } = openBrowser();
    const page = await openPage();
    page.write('Not yet');
    // What the sign-out of another tab leaves, and how the browser tells of it.
    storage.keys().forEach((key) => storage.remove(key));
    window.dispatchEvent(new StorageEvent('storage', { key: 'signed-out' }));
    TestBed.tick();
    expect(page.drafts()).toEqual([]);

    page.write('An answer that came late');
    expect(storage.keys().filter((key) => key.startsWith('words/'))).toEqual([]);
  });

  it('waits for the sign-in of a new tab, however often that is reloaded before', async () => {
    const { openPage } = openBrowser();
    const before = await openPage();
    before.write('Not yet');
    before.close();

    const tab = new FakeStorage();
    const signInPage = await openPage(tab, null);
    signInPage.close();

    expect((await openPage(tab)).drafts()).toEqual(['Not yet']);
  });

  it('is not lost to a reload in the middle of being taken over', async () => {
    const { openPage, openCutOff } = openBrowser();
    const first = await openPage();
    first.write('one');
    const second = await openPage();
    second.write('other');
    first.close();
    second.close();
    const tab = new FakeStorage();
    const cutOff = await openCutOff(tab, 1);
    cutOff.close();

    expect([...(await openPage(tab)).drafts()].sort()).toEqual(['one', 'other']);
  });

  it('is what the browser kept where the tab was given back without it', async () => {
    const { openPage } = openBrowser();
    const page = await openPage();
    page.write('Not yet');
    page.close();
    page.tab.remove('until-sign-out');

    expect((await openPage(page.tab)).drafts()).toEqual(['Not yet']);
  });

  it('is for nobody else, and gone once somebody else was there', async () => {
    const { openPage } = openBrowser();
    const page = await openPage();
    page.write('Not yet');
    page.close();

    const stranger = await openPage(new FakeStorage(), 'demo/2');
    expect([stranger.drafts(), stranger.memory.wordCounts().drafts]).toEqual([[], 0]);
    stranger.close();

    expect((await openPage()).drafts()).toEqual([]);
  });

  it('begins with nothing where the browser holds what it cannot read', async () => {
    for (const odd of ['no JSON', '7', '{"owner":"demo/1 "}', '{"owner":"demo/1 ","words":{"drafts":7}}']) {
      const { openPage, storage } = openBrowser();
      storage.set('words/x', odd);

      expect((await openPage()).drafts())
        .withContext(odd)
        .toEqual([]);
    }
  });
});
