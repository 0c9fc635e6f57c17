import { TestBed } from '@angular/core/testing';

import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { replay } from './conversation-state';
import { MessageList } from './message-list';

const stateOf = (log: LogWriter) => replay(CONVERSATION, log.entries);

async function renderList(log: LogWriter) {
  provideConversation();
  const fixture = TestBed.createComponent(MessageList);
  const show = async (next: LogWriter) => {
    fixture.componentRef.setInput('messages', stateOf(next).messages);
    fixture.componentRef.setInput('typing', stateOf(next).typing);
    await fixture.whenStable();
  };
  fixture.componentRef.setInput('conversationId', CONVERSATION);
  const element = fixture.nativeElement as HTMLElement;
  element.style.cssText = 'display: flex; height: 240px; width: 320px';
  let inView = new Set<string>();
  fixture.componentInstance.inView.subscribe((keys) => (inView = new Set(keys)));
  await show(log);
  const scroller = element.querySelector<HTMLElement>('[role=log]')!;
  const scrollTo = async (top: number) => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
  };
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2;
  return { fixture, element, show, scroller, scrollTo, isAtEnd, inView: () => inView };
}

const manyMessages = (count: number, log = new LogWriter().opened()) => {
  for (let at = 0; at < count; at += 1) log.agentSays(at, `message ${at}`);
  return log;
};

describe('MessageList', () => {
  it('is a log named Messages and says states in words', async () => {
    const log = new LogWriter()
      .opened()
      .submitted('m1', 'Hi')
      .sent('m1', 0)
      .agentReceipt('READ', [0])
      .agentSays(1, 'Hello\n');
    const { element, scroller } = await renderList(log);

    expect(scroller.getAttribute('aria-label')).toBe('Messages');
    expect(scroller.textContent).toContain('read');
    expect(scroller.textContent).toContain('Agent');
    await expectAccessible(element);
  });

  it('shows markup and script addresses as the words they are', async () => {
    const { element } = await renderList(
      new LogWriter().opened().agentSays(0, '<img src=x onerror=alert(1)> javascript:alert(1)'),
    );

    expect(element.querySelector('img, a')).toBeNull();
    expect(element.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('says who is typing', async () => {
    const { element } = await renderList(new LogWriter().opened().agentState('COMPOSING'));

    expect(element.textContent).toContain('Agent is typing…');
    await expectAccessible(element);
  });

  it('stays at the newest while one is there', async () => {
    const log = manyMessages(40);
    const { show, isAtEnd } = await renderList(log);
    expect(isAtEnd()).toBeTrue();

    await show(log.agentSays(40, 'one more'));
    expect(isAtEnd()).toBeTrue();
  });

  it('leaves a message under the pointer that presses it, and is at the newest once that lets go', async () => {
    const log = manyMessages(40);
    const { element, show, scroller, isAtEnd } = await renderList(log);
    const pressed = element.querySelector('app-message-bubble:last-of-type')!;
    const at = scroller.scrollTop;
    pressed.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerId: 1 }));
    await show(log.agentSays(40, 'one more'));
    expect(scroller.scrollTop).toBe(at);

    pressed.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId: 1 }));
    await eventually(isAtEnd);

    expect(element.querySelector('.new')).toBeNull();
  });

  it('does not jump while one reads back, but counts what is new', async () => {
    const log = manyMessages(40);
    const { element, show, scroller, scrollTo, isAtEnd, fixture } = await renderList(log);
    await scrollTo(300);

    await show(log.agentSays(40, 'new').agentSays(41, 'newer'));
    expect(scroller.scrollTop).toBe(300);
    const chip = element.querySelector<HTMLButtonElement>('.new')!;
    expect(chip.textContent.trim()).toBe('2 new');
    await expectAccessible(element);

    chip.click();
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
    expect(isAtEnd()).toBeTrue();
    expect(element.querySelector('.new')).toBeNull();
  });

  it('goes to the end for what one writes oneself', async () => {
    const log = manyMessages(40);
    const { show, scrollTo, isAtEnd } = await renderList(log);
    await scrollTo(300);

    await show(log.submitted('m1', 'mine'));
    expect(isAtEnd()).toBeTrue();
  });

  it('draws the newest of many and moves on to the older when one reads back', async () => {
    const { element, scroller, scrollTo } = await renderList(manyMessages(400));
    const firstInView = () => {
      const { top } = scroller.getBoundingClientRect();
      const bubbles = [...element.querySelectorAll('app-message-bubble')];
      return bubbles.find((bubble) => bubble.getBoundingClientRect().bottom > top)?.textContent;
    };
    const drawn = () => element.querySelectorAll('app-message-bubble').length;
    const first = () => element.querySelector('app-message-bubble')?.textContent;
    expect(drawn()).toBe(80);
    expect(first()).toContain('message 320');

    scroller.scrollTop = 100;
    const before = firstInView();
    // Two steps of the scrolling before anything is drawn anew.
    scroller.dispatchEvent(new Event('scroll'));
    await scrollTo(100);
    expect(drawn()).toBe(80);
    expect(first()).toContain('message 300');
    expect(firstInView()).toBe(before);
  });

  it('reads back to the first of many and forth again to the newest, which then stays in sight', async () => {
    const log = manyMessages(400);
    const { element, show, scroller, scrollTo, isAtEnd } = await renderList(log);
    while (!/message 0(?!\d)/.test(element.textContent)) await scrollTo(0);
    expect(element.querySelectorAll('app-message-bubble').length).toBe(80);

    await show(log.agentSays(400, 'new'));
    expect(element.textContent).not.toContain('message 399');
    expect(element.querySelector('.new')?.textContent.trim()).toBe('1 new');
    while (element.querySelector('.new') !== null) await scrollTo(scroller.scrollHeight);
    await show(log.agentSays(401, 'newest'));
    expect(element.textContent).toContain('newest');
    expect(isAtEnd()).toBeTrue();
  });

  it('goes to the first of many by Home and to the newest by End, at once', async () => {
    const { element, scroller, isAtEnd, fixture } = await renderList(manyMessages(400));
    const press = async (key: string) => {
      scroller.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await fixture.whenStable();
      scroller.dispatchEvent(new Event('scroll'));
      await fixture.whenStable();
    };

    await press('Home');
    expect(element.textContent).toMatch(/message 0(?!\d)/);
    expect(scroller.scrollTop).toBe(0);

    await press('End');
    expect(element.textContent).toContain('message 399');
    expect(isAtEnd()).toBeTrue();
  });

  it('comes back to the newest of many by the button that counts them', async () => {
    const log = manyMessages(400);
    const { element, fixture, show, scrollTo, isAtEnd } = await renderList(log);
    for (let times = 0; times < 5; times += 1) await scrollTo(0);
    await show(log.agentSays(400, 'the newest'));
    expect(element.querySelector('[role=log]')!.textContent).not.toContain('the newest');

    element.querySelector<HTMLButtonElement>('.new')!.click();
    await fixture.whenStable();
    expect(element.querySelector('[role=log]')!.textContent).toContain('the newest');
    expect(isAtEnd()).toBeTrue();
  });

  it('opens where the unread ones begin, counts those below, and less of them as one reads on', async () => {
    const { fixture, element, scroller, scrollTo, show } = await renderList(manyMessages(30));
    const { messages } = stateOf(manyMessages(30));
    fixture.componentRef.setInput('firstUnread', messages[10]!.id);
    await fixture.whenStable();
    const count = () => Number.parseInt(element.querySelector('.new')?.textContent ?? '0', 10);
    const line = element.querySelector('.unread')!.getBoundingClientRect();
    const below = count();

    expect(Math.round(line.top - scroller.getBoundingClientRect().top)).toBe(0);
    expect(below).toBeGreaterThan(0);
    expect(below).toBeLessThanOrEqual(20);
    await scrollTo(scroller.scrollTop + 200);
    await show(manyMessages(31));
    expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeGreaterThan(48);
  });

  it('opens where the unread ones begin also far from the newest', async () => {
    const { fixture, element, scroller } = await renderList(manyMessages(300));
    fixture.componentRef.setInput('firstUnread', stateOf(manyMessages(300)).messages[40]!.id);
    await fixture.whenStable();

    const line = element.querySelector('.unread')!.getBoundingClientRect();
    expect(Math.round(line.top - scroller.getBoundingClientRect().top)).toBe(0);
  });

  it('stays at the newest while the unread line is in sight from there', async () => {
    const { fixture, isAtEnd } = await renderList(manyMessages(30));
    fixture.componentRef.setInput('firstUnread', stateOf(manyMessages(30)).messages[28]!.id);
    await fixture.whenStable();

    expect(isAtEnd()).toBeTrue();
  });

  it('keeps the unread line in sight for what comes while nobody looks', async () => {
    const { fixture, element, scroller, show } = await renderList(manyMessages(30));
    fixture.componentRef.setInput('isWatched', false);
    fixture.componentRef.setInput('firstUnread', stateOf(manyMessages(31)).messages[30]!.id);
    await show(manyMessages(31));
    await show(manyMessages(60));

    const line = element.querySelector('.unread')!.getBoundingClientRect();
    expect(Math.round(line.top - scroller.getBoundingClientRect().top)).toBe(0);
  });

  it('tells which messages of others are on the screen', async () => {
    const { inView } = await renderList(manyMessages(40));
    await until(() => inView().has('c1/39'));

    expect(inView().has('c1/0')).toBeFalse();
  });

  it('tells of nothing any more when all messages have gone', async () => {
    const { inView, show } = await renderList(manyMessages(2));
    await until(() => inView().size === 2);

    await show(new LogWriter().opened());

    expect([...inView()]).toEqual([]);
  });
});

/** Waits for what the browser tells in its own time. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
