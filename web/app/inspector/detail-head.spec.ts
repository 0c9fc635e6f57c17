import { LogWriter } from '../testing/log-entries';
import { renderInspector } from '../testing/provide-inspector';

describe('DetailHead', () => {
  it('is whole in a narrow pane: the time stands below where it has no room', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().conversation(), { item: 1 });
    const head = element.querySelector('app-detail-head')!;
    const title = head.querySelector('.title')!;
    const time = head.querySelector('.time')!;
    const isCut = () => title.scrollWidth > title.clientWidth;
    const isBelow = () => time.getBoundingClientRect().top >= title.getBoundingClientRect().bottom;
    expect([title.textContent.trim(), isCut(), isBelow()]).toEqual(['ExConversationChange', false, false]);

    element.style.width = '320px';
    await fixture.whenStable();

    expect([isCut(), isBelow()]).toEqual([false, true]);
    expect(time.getBoundingClientRect().right).toBeLessThan(head.getBoundingClientRect().right);
  });
});
