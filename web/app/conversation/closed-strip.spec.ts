import { TestBed } from '@angular/core/testing';

import { provideConversation } from '../testing/provide-conversation';
import { ClosedStrip } from './closed-strip';

describe('ClosedStrip', () => {
  const rendered = async (width: number) => {
    provideConversation();
    const fixture = TestBed.createComponent(ClosedStrip);
    fixture.componentRef.setInput('words', 'Closed by the consumer');
    fixture.componentRef.setInput('draftKey', 'c1');
    const element = fixture.nativeElement as HTMLElement;
    element.style.width = `${width}px`;
    document.body.append(element);
    await fixture.whenStable();
    const [words, button] = ['.closed-words', 'button'].map((one) => element.querySelector(one)!);
    return { words: words!.getClientRects(), button: button!.getBoundingClientRect() };
  };

  it('keeps its words in one line, and its button in the next where there is no room beside them', async () => {
    const { words, button } = await rendered(296);

    expect(words.length).toBe(1);
    expect(button.top).toBeGreaterThanOrEqual(words[0]!.bottom);
    expect(button.width).toBeGreaterThan(280);
  });

  it('has words and button side by side where there is room', async () => {
    const { words, button } = await rendered(420);

    expect(button.top).toBeLessThan(words[0]!.bottom);
    expect(button.width).toBeLessThan(200);
  });
});
