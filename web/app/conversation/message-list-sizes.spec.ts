import { TestBed } from '@angular/core/testing';

import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { replay } from './conversation-state';
import { MessageList } from './message-list';

async function renderList() {
  const log = new LogWriter().opened();
  for (let at = 0; at < 30; at += 1) log.agentSays(at, `message ${at}`);
  const fixture = TestBed.createComponent(MessageList);
  fixture.componentRef.setInput('conversationId', CONVERSATION);
  fixture.componentRef.setInput('messages', replay(CONVERSATION, log.entries).messages);
  const element = fixture.nativeElement as HTMLElement;
  element.style.cssText = 'display: flex; height: 240px; width: 320px';
  await fixture.whenStable();
  const scroller = element.querySelector<HTMLElement>('[role=log]')!;
  const bubbles = element.querySelectorAll<HTMLElement>('app-message-bubble');
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2;
  return { element, scroller, bubbles, isAtEnd };
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

  it('does not jump while one reads back', async () => {
    const { scroller, bubbles } = await renderList();
    scroller.scrollTop = 300;
    scroller.dispatchEvent(new Event('scroll'));

    bubbles[29]!.style.minHeight = '600px';
    await drawn();

    expect(scroller.scrollTop).toBe(300);
  });
});
