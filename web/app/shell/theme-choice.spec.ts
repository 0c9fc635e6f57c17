import { TestBed } from '@angular/core/testing';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import { FakeStorage } from '../testing/provide-account';
import { ThemeChoice } from './theme-choice';

describe('ThemeChoice', () => {
  const root = document.documentElement;

  afterEach(() => {
    root.removeAttribute('data-theme');
    root.removeAttribute('data-contrast');
  });

  function setUp(storage = new FakeStorage()) {
    TestBed.configureTestingModule({ providers: [{ provide: BROWSER_STORAGE, useValue: storage }] });
    const choice = TestBed.inject(ThemeChoice);
    TestBed.tick();
    return { choice, storage };
  }

  it('follows the system until somebody chooses', () => {
    const { choice } = setUp();

    expect(choice.theme()).toBe('auto');
    expect(root.hasAttribute('data-theme')).toBeFalse();
  });

  it('marks the page and remembers a choice', () => {
    const { choice, storage } = setUp();

    choice.choose('dark');
    choice.toggleHighContrast();
    TestBed.tick();

    expect([root.dataset['theme'], root.dataset['contrast']]).toEqual(['dark', 'more']);
    expect([storage.get('theme'), storage.get('contrast')]).toEqual(['dark', 'more']);
  });

  it('starts with what was remembered, and forgets it with auto', () => {
    const storage = new FakeStorage();
    storage.set('theme', 'light');
    const { choice } = setUp(storage);
    expect(root.dataset['theme']).toBe('light');

    choice.choose('auto');
    TestBed.tick();

    expect(root.hasAttribute('data-theme')).toBeFalse();
    expect(storage.get('theme')).toBeNull();
  });
});
