import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter, MAIN } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

describe('GapRow', () => {
  it('tells between the rows what has not come, steps over it, and forgets it when it comes or the history has it', async () => {
    const writer = new LogWriter().agentReceipt('ACCEPT', [1], 10).agentSays(11, 'a').agentSays(13, 'c');
    const { fixture, element } = await renderInspector(writer, { item: 2 });
    const texts = () => [...element.querySelectorAll('[role=option]')].map((row) => textOf(row)!);
    expect(texts()[2]).toBe('sequence 12 has not come');
    expect(textOf(element.querySelector('[role=tab][aria-selected=true]'))).toBe('Webhooks 3');
    await expectAccessible(element);

    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    await fixture.whenStable();
    expect(fixture.componentInstance.item()).toBe(3);

    fixture.componentRef.setInput('tab', 'timeline');
    await fixture.whenStable();
    const gap = element.querySelector('[role=option][aria-disabled=true] app-timeline-row')!;
    expect(textOf(gap)).toContain('sequence 12 has not come');
    expect(gap.getAttribute('title')).toContain('Not here: 12.');

    fixture.componentRef.setInput('recorded', [{ dialogId: MAIN, sequence: 12 }]);
    await fixture.whenStable();
    expect(texts().filter((text) => text.includes('has not come'))).toEqual([]);
  });
});
