import { TestBed } from '@angular/core/testing';

import { FakeStorage } from '../testing/provide-account';
import { TAB_STORAGE } from './browser-storage';
import { TabMemory } from './tab-memory';

const isText = (kept: unknown): kept is string => typeof kept === 'string';

describe('TabMemory', () => {
  /** A page of the tab: the storage is all that it has of the one before. */
  function openPage(storage: FakeStorage) {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: TAB_STORAGE, useValue: storage }] });
    const memory = TestBed.inject(TabMemory);
    const kept = (name: string) => TestBed.runInInjectionContext(() => memory.kept(name, 'usual', isText));
    return { memory, kept };
  }

  it('gives a page what the one before it had, each choice by its name', () => {
    const storage = new FakeStorage();
    const before = openPage(storage);
    before.kept('one').set('first');
    before.kept('other').set('second');
    TestBed.tick();

    const after = openPage(storage);

    expect([after.kept('one')(), after.kept('other')(), after.kept('third')()]).toEqual([
      'first',
      'second',
      'usual',
    ]);
  });

  it('keeps nothing of what is as usual again, nor after the person has signed out', () => {
    const storage = new FakeStorage();
    const { memory, kept } = openPage(storage);
    const one = kept('one');
    one.set('first');
    TestBed.tick();
    one.set('usual');
    TestBed.tick();
    expect(storage.get('until-sign-out')).toBeNull();

    one.set('again');
    TestBed.tick();
    memory.forget();
    TestBed.tick();
    expect([one(), storage.get('until-sign-out')]).toEqual(['usual', null]);

    expect(openPage(storage).kept('one')()).toBe('usual');
  });

  it('gives the same person what they left, and another nothing of it', () => {
    const storage = new FakeStorage();
    const before = openPage(storage);
    before.memory.belongTo('demo/1');
    before.kept('one').set('first');
    TestBed.tick();

    const after = openPage(storage);
    after.memory.belongTo('demo/1');
    const one = after.kept('one');
    expect(one()).toBe('first');

    after.memory.belongTo('demo/2');
    TestBed.tick();
    expect([one(), openPage(storage).kept('one')()]).toEqual(['usual', 'usual']);
  });

  it('begins as usual where the tab holds what it cannot read', () => {
    const storage = new FakeStorage();
    for (const odd of ['no JSON', 'null', '{"one":3}']) {
      storage.set('until-sign-out', odd);

      expect(openPage(storage).kept('one')()).withContext(odd).toBe('usual');
    }
  });
});
