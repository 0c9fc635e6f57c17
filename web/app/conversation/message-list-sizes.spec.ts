import { TestBed } from '@angular/core/testing';

import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { replay } from './conversation-state';
import { MessageList } from './message-list';

async function renderList({ unreadFrom = -1 } = {}) {
  const log = new LogWriter().opened();
  for (let at = 0; at < 30; at += 1) log.agentSays(at, `message ${at}`);
  const fixture = TestBed.createComponent(MessageList);
  fixture.componentRef.setInput('conversationId', CONVERSATION);
  const { messages } = replay(CONVERSATION, log.entries);
  fixture.componentRef.setInput('messages', messages);
  fixture.componentRef.setInput('firstUnread', messages[unreadFrom]?.id ?? null);
  const element = fixture.nativeElement as HTMLElement;
  element.style.cssText = 'display: flex; height: 240px; width: 320px';
  await fixture.whenStable();
  const scroller = element.querySelector<HTMLElement>('[role=log]')!;
  const bubbles = element.querySelectorAll<HTMLElement>('app-message-bubble');
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2;
  /** How far below the upper edge the unread line stands. */
  const lineTop = () =>
    element.querySelector('.unread')!.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return { element, scroller, bubbles, isAtEnd, lineTop };
}

/** Sizes are told after the layout of the next frame. */
async function drawn(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => setTimeout(done));
}

describe('a list of messages whose parts change their size', () => {
  it('stays at the newest when a message grows, and when its pane shrinks', async () => {
    const { element, bubbles, isAtEnd } = await renderList();

    bubbles[0]!.style.minHeight = '600px';
    await drawn();
    expect(isAtEnd()).toBeTrue();

    element.style.height = '120px';
    await drawn();
    expect(isAtEnd()).toBeTrue();
  });

  it('stays at the newest when less and then more stands there before the browser tells of the first', async () => {
    const { scroller, bubbles, isAtEnd } = await renderList();
    const before = scroller.scrollTop;

    bubbles[0]!.style.display = 'none';
    // Laid out in between, as others need it: the browser takes the list back to its new end.
    expect(scroller.scrollTop).toBeLessThan(before);
    bubbles[0]!.style.display = '';
    bubbles[1]!.style.minHeight = '200px';
    scroller.dispatchEvent(new Event('scroll'));
    await drawn();

    expect(isAtEnd()).toBeTrue();
  });

  it('stays where the unread ones begin when they grow after it has opened', async () => {
    const { bubbles, isAtEnd, lineTop } = await renderList({ unreadFrom: 28 });
    expect(isAtEnd()).toBeTrue();

    bubbles[29]!.style.minHeight = '600px';
    await drawn();
    expect(Math.round(lineTop())).toBe(0);

    bubbles[2]!.style.minHeight = '300px';
    await drawn();
    expect(Math.round(lineTop())).toBe(0);
  });

  it('stays at the newest when what one has pressed grows, though the unread line goes out of sight', async () => {
    const { bubbles, isAtEnd } = await renderList({ unreadFrom: 28 });

    bubbles[29]!.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    bubbles[29]!.style.minHeight = '600px';
    await drawn();

    expect(isAtEnd()).toBeTrue();
  });

  it('does not jump while one reads back', async () => {
    const { scroller, bubbles } = await renderList();
    scroller.scrollTop = 300;
    scroller.dispatchEvent(new Event('scroll'));

    bubbles[29]!.style.minHeight = '600px';
    await drawn();

    expect(scroller.scrollTop).toBe(300);
  });
});
