import { TestBed } from '@angular/core/testing';

import { START } from '../../testing/log-entries';
import { TimelineRow } from './timeline-row';
import type { TimelineStep } from './timeline-step';

const STEP: TimelineStep = {
  ...{ id: 1, itemId: 1, conversationId: null, keys: [], at: START, clock: null },
  ...{ from: 'cloud', to: 'bridge', tone: 'webhook', title: 'webhook', detail: '', mark: '' },
  ...{ icon: null, isOdd: false, isLate: false, delayMs: null, since: null },
};

const LONG = 'an event with many words that are far wider than any arrow of the diagram is';

describe('TimelineRow', () => {
  async function placesOf(step: Partial<TimelineStep>, isChosen = true) {
    const fixture = TestBed.createComponent(TimelineRow);
    fixture.componentRef.setInput('step', { ...STEP, ...step });
    fixture.componentRef.setInput('isChosen', isChosen);
    const element = fixture.nativeElement as HTMLElement;
    element.style.width = '800px';
    await fixture.whenStable();
    const box = (part: string) => element.querySelector(part)!.getBoundingClientRect();
    return { words: box('.words'), arrow: box('.arrow'), row: element.getBoundingClientRect(), element };
  }
  const middle = ({ left, right }: DOMRect) => (left + right) / 2;

  it('has its words above the middle of its arrow', async () => {
    const { words, arrow } = await placesOf({});

    expect(words.width).toBeLessThan(arrow.width);
    expect(Math.abs(middle(words) - middle(arrow))).toBeLessThan(2);
  });

  it('begins words that are wider than the arrow where the arrow begins', async () => {
    const { words, arrow, row } = await placesOf({ from: 'consumer', detail: LONG });

    expect(words.width).toBeGreaterThan(arrow.width);
    expect(Math.abs(words.left - arrow.left)).toBeLessThan(2);
    expect(words.right).toBeLessThan(row.right);
  });

  it('begins them earlier rather than cut them, and not at the edge of the window', async () => {
    const { words, arrow, row, element } = await placesOf({ from: 'agent', to: 'cloud', detail: LONG });

    expect(words.left).toBeLessThan(arrow.left);
    expect(row.right - words.right).toBeGreaterThanOrEqual(12);
    const detail = element.querySelector('.detail')!;
    expect(detail.scrollWidth).toBe(detail.clientWidth);
  });

  it('lets its mark give way before its title, and neither delay nor what is odd', async () => {
    const words: Partial<TimelineStep> = { title: 'webhook ContentEvent', detail: LONG, delayMs: 470 };
    const isCut = (element: Element, part: string) => {
      const { scrollWidth, clientWidth } = element.querySelector(part)!;
      return scrollWidth > clientWidth + 1;
    };
    const usual = await placesOf({ ...words, mark: LONG + LONG }, false);
    expect(['strong', '.mark', '.delay'].map((part) => isCut(usual.element, part))).toEqual([
      ...[false, true, false],
    ]);

    const odd = await placesOf({ ...words, mark: 'late', isOdd: true }, false);
    expect(isCut(odd.element, 'strong') || isCut(odd.element, '.mark')).toBeFalse();
  });

  it('counts from the chosen arrow as from zero', async () => {
    const { element } = await placesOf({});

    expect(element.querySelector('.delay')?.textContent).toBe('0 ms');
    expect(element.title).toContain('delays count from this arrow');
  });

  it('gives no zero beside “late”: what was overtaken need not have been under way for long', async () => {
    const late: Partial<TimelineStep> = { mark: 'late', isOdd: true, isLate: true, since: 'stamp' };
    const chosen = await placesOf({ ...late, delayMs: 11 });
    expect(chosen.element.querySelector('.delay')).toBeNull();
    expect(chosen.element.title).toContain('delays count from this arrow');

    const shown = await placesOf({ ...late, delayMs: 11 }, false);
    expect(shown.element.querySelector('.delay')?.textContent).toBe('+11 ms');
    const atOnce = await placesOf({ ...late, delayMs: 0.2 }, false);
    expect(atOnce.element.querySelector('.delay')).toBeNull();
  });

  it('tells since when a call is under way', async () => {
    const { element } = await placesOf({ tone: 'waiting', clock: 'now', isInert: false });
    expect(element.querySelector('.delay')).toBeNull();

    expect(element.title).toContain('Under way since');
  });
});
