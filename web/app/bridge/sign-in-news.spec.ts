import { TestBed } from '@angular/core/testing';

import { eventually } from '../testing/eventually';
import { SIGN_IN_CHANNEL, SignInNews } from './sign-in-news';

describe('SignInNews in a browser without channels', () => {
  let kept: typeof BroadcastChannel;

  beforeEach(() => {
    kept = globalThis.BroadcastChannel;
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });
  afterEach(() => {
    globalThis.BroadcastChannel = kept;
  });

  /** Another page of this origin: the browser tells it what this one stores, and the other way round. */
  function otherPage(): HTMLIFrameElement {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return frame;
  }

  it('hears from another tab that somebody signed in, once', async () => {
    const news = TestBed.inject(SignInNews);
    const frame = otherPage();

    frame.contentWindow?.localStorage.setItem(SIGN_IN_CHANNEL, 'signed-in');
    frame.contentWindow?.localStorage.removeItem(SIGN_IN_CHANNEL);
    frame.contentWindow?.localStorage.setItem('something-else', 'x');
    frame.contentWindow?.localStorage.removeItem('something-else');
    await eventually(() => news.count() > 0);
    frame.remove();

    expect(news.count()).toBe(1);
  });

  it('tells the other tabs, and keeps nothing', async () => {
    const told: unknown[] = [];
    const frame = otherPage();
    frame.contentWindow?.addEventListener('storage', ({ key, newValue }) => told.push([key, newValue]));

    TestBed.inject(SignInNews).tell();
    await eventually(() => told.length === 2);
    frame.remove();

    expect(told).toEqual([
      [SIGN_IN_CHANNEL, 'signed-in'],
      [SIGN_IN_CHANNEL, null],
    ]);
    expect(localStorage.getItem(SIGN_IN_CHANNEL)).toBeNull();
  });
});
