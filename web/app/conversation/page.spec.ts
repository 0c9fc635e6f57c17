import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import { aFrame, until } from '../testing/frames';
import { CONVERSATION, MAIN } from '../testing/log-entries';
import { memoryStorage } from '../testing/provide-conversation';
import { messageKey } from './conversation-facts';
import { newMessageId } from './message-id';
import { PagePresence } from './page-presence';
import { SeenMessages } from './seen-messages';
import { SharedClaims } from './shared-claims';

describe('PagePresence', () => {
  it('follows focus and visibility, and lets go of both', () => {
    TestBed.configureTestingModule({ providers: [PagePresence] });
    const hasFocus = spyOn(document, 'hasFocus').and.returnValue(true);
    const presence = TestBed.inject(PagePresence);
    expect(presence.isPresent()).toBeTrue();

    window.dispatchEvent(new Event('blur'));
    expect(presence.isPresent()).toBeFalse();
    window.dispatchEvent(new Event('focus'));
    expect(presence.isPresent()).toBeTrue();
    hasFocus.and.returnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(presence.isPresent()).toBeFalse();

    TestBed.resetTestingModule();
    hasFocus.and.returnValue(true);
    window.dispatchEvent(new Event('focus'));
    expect(presence.isPresent()).toBeFalse();
  });
});

describe('SharedClaims', () => {
  /** A page with an injector of its own, as each tab has. */
  function openPage() {
    const injector = createEnvironmentInjector([SharedClaims], TestBed.inject(EnvironmentInjector));
    return { claims: injector.get(SharedClaims), close: () => injector.destroy() };
  }

  it('do once what several pages want to do at the same time', async () => {
    const [one, two] = [openPage(), openPage()];
    const done: string[] = [];
    const work = async (free: readonly string[]) => {
      await aFrame();
      done.push(...free);
    };

    await Promise.all([one.claims.claim(['a', 'b'], work), two.claims.claim(['b', 'c'], work)]);

    expect(done.sort()).toEqual(['a', 'b', 'c']);
    one.close();
    two.close();
  });

  it('leave to others what failed', async () => {
    const [one, two] = [openPage(), openPage()];
    const done: string[] = [];
    await expectAsync(
      one.claims.claim(['a'], () => Promise.reject(new Error('refused'))),
    ).toBeRejectedWithError('refused');
    await until(() => !two.claims.has('a'));

    await two.claims.claim(['a'], (free) => Promise.resolve(void done.push(...free)));

    expect(done).toEqual(['a']);
    one.close();
    two.close();
  });
});

describe('SeenMessages', () => {
  const open = (storage = memoryStorage()) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: BROWSER_STORAGE, useValue: storage }] });
    return { storage, seen: TestBed.inject(SeenMessages) };
  };

  it('remember exactly what was on the screen, also after a reload', () => {
    const { storage, seen } = open();
    seen.note(
      CONVERSATION,
      [7, 5, 1, 2].map((sequence) => messageKey(MAIN, sequence)),
    );
    seen.note(CONVERSATION, [messageKey(MAIN, 6)]);

    const again = open(storage).seen;
    const sequences = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const isSeen = (sequence: number) => again.isSeen(CONVERSATION, messageKey(MAIN, sequence));
    expect(sequences.filter(isSeen)).toEqual([1, 2, 5, 6, 7]);
    expect(storage.get('seen-messages')).toContain('[[1,2],[5,7]]');
  });

  it('begin anew when what was stored cannot be read', () => {
    for (const stored of ['{', '{"a":1}', '[["c1",{"c1":"x"}], 3]', '[["c1",{"c1":3}]]']) {
      const storage = memoryStorage();
      storage.set('seen-messages', stored);
      expect(open(storage).seen.isSeen(CONVERSATION, messageKey(MAIN, 0)))
        .withContext(stored)
        .toBeFalse();
    }
  });
});

describe('message ids', () => {
  it('are UUIDs, also where the browser makes none', () => {
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(newMessageId()).toMatch(uuid);

    const randomUUID = Object.getOwnPropertyDescriptor(crypto, 'randomUUID');
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    expect(newMessageId()).toMatch(uuid);
    if (randomUUID === undefined) Reflect.deleteProperty(crypto, 'randomUUID');
    else Object.defineProperty(crypto, 'randomUUID', randomUUID);
  });
});
