import { TestBed } from '@angular/core/testing';

import { CONVERSATION, LogWriter, MAIN } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { replay } from './conversation-state';
import { MessageList } from './message-list';

const manyMessages = (count: number): LogWriter => {
  const log = new LogWriter().opened();
  for (let at = 0; at < count; at += 1) log.agentSays(at, `message ${at}`);
  return log;
};

describe('MessageList beside an inspector', () => {
  async function renderList(count: number) {
    provideConversation();
    const fixture = TestBed.createComponent(MessageList);
    const messagesOf = (log: LogWriter) => replay(CONVERSATION, log.entries).messages;
    const log = manyMessages(count);
    fixture.componentRef.setInput('conversationId', CONVERSATION);
    fixture.componentRef.setInput('messages', messagesOf(log));
    const element = fixture.nativeElement as HTMLElement;
    element.style.cssText = 'display: flex; height: 240px; width: 320px';
    await fixture.whenStable();
    const scroller = element.querySelector<HTMLElement>('[role=log]')!;
    const light = async (...sequences: readonly number[]) => {
      fixture.componentRef.setInput('lit', new Set(sequences.map((one) => `${MAIN}/${one}`)));
      await fixture.whenStable();
    };
    const inSight = () => {
      const window = scroller.getBoundingClientRect();
      return [...element.querySelectorAll('.lit')]
        .filter((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return top >= window.top && bottom <= window.bottom;
        })
        .map((one) => /message \d+/.exec(one.textContent)?.[0]);
    };
    const showMore = async () => {
      fixture.componentRef.setInput('messages', messagesOf(log.agentSays(count, 'new')));
      await fixture.whenStable();
    };
    return { element, scroller, light, inSight, showMore, fixture };
  }

  it('brings the message that is chosen there into sight', async () => {
    const { light, inSight } = await renderList(40);

    await light(3);
    expect(inSight()).toEqual(['message 3']);
    await light(30);
    expect(inSight()).toEqual(['message 30']);
  });

  it('finds a message that has no sequence yet by the id that the page gave it', async () => {
    const { fixture, light, inSight } = await renderList(40);
    const written = manyMessages(40).submitted('m1', 'message 40,').agentSays(41, 'message 41');
    fixture.componentRef.setInput('messages', replay(CONVERSATION, written.entries).messages);
    await light(3);

    fixture.componentRef.setInput('lit', new Set(['m1']));
    await fixture.whenStable();

    expect(inSight()).toEqual(['message 40']);
  });

  it('finds it among those that are not drawn, too', async () => {
    const { light, inSight } = await renderList(400);

    await light(12);

    expect(inSight()).toEqual(['message 12']);
  });

  it('stays where it is when what is chosen is in sight, or is no message', async () => {
    const { light, inSight, scroller } = await renderList(40);
    const before = scroller.scrollTop;

    await light(1, 39);
    expect(inSight()).toEqual(['message 39']);
    await light(4_000);
    await light();
    expect(scroller.scrollTop).toBe(before);
  });

  it('leaves whoever reads on alone while more comes', async () => {
    const { light, inSight, scroller, showMore } = await renderList(40);
    await light(3);

    scroller.scrollTop = 700;
    scroller.dispatchEvent(new Event('scroll'));
    await showMore();
    await light(3);

    expect(inSight()).toEqual([]);
    expect(scroller.scrollTop).toBe(700);
  });

  it('waits with it until the list is in sight itself', async () => {
    const { light, inSight, element } = await renderList(40);
    element.style.display = 'none';
    await light(3);

    element.style.display = 'flex';

    const isThere = new Promise<void>((resolve) => {
      const look = () => (inSight().length > 0 ? resolve() : requestAnimationFrame(look));
      look();
    });
    await isThere;
    expect(inSight()).toEqual(['message 3']);
  });
});
