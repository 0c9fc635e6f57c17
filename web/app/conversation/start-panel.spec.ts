import { TestBed } from '@angular/core/testing';

import { provideConversation } from '../testing/provide-conversation';
import { StartOptions } from './start/start-options';
import { StartPanel } from './start-panel';

describe('StartPanel', () => {
  it('begins at its top where it does not fit, so that all of it can be scrolled to', async () => {
    provideConversation();
    const fixture = TestBed.createComponent(StartPanel);
    fixture.componentRef.setInput('consumerName', 'Kim');
    const panel = fixture.nativeElement as HTMLElement;
    panel.style.height = '120px';
    document.body.append(panel);
    await fixture.whenStable();

    expect(panel.scrollHeight).toBeGreaterThan(panel.clientHeight);
    const [first] = panel.children;
    expect(first!.getBoundingClientRect().top).toBeGreaterThanOrEqual(panel.getBoundingClientRect().top);
  });

  it('tells of a new consumer only where the conversation is opened by one', async () => {
    provideConversation();
    const fixture = TestBed.createComponent(StartPanel);
    fixture.componentRef.setInput('consumerName', 'Kim');
    await fixture.whenStable();
    const words = () => (fixture.nativeElement as HTMLElement).textContent.replaceAll(/\s+/g, ' ');
    expect(words()).toContain('opens a conversation as a new consumer. Every');

    TestBed.inject(StartOptions).externalId.set('abc');
    await fixture.whenStable();

    expect(words()).toContain('opens a conversation as the consumer named below. Every');
    expect(words()).toContain('consumer abc');
  });

  it('says why nothing can be sent without a name', async () => {
    provideConversation();
    const fixture = TestBed.createComponent(StartPanel);
    fixture.componentRef.setInput('consumerName', 'Kim');
    await fixture.whenStable();
    const panel = fixture.nativeElement as HTMLElement;
    const field = panel.querySelector<HTMLInputElement>('#consumer-name')!;

    field.value = ' ';
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();

    expect(panel.querySelector('#consumer-name-hint')?.textContent).toContain('Enter a name');
    expect(field.ariaInvalid).toBe('true');
  });
});
