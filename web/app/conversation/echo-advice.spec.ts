import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { APP, START } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { ConversationsStore } from './conversations-store';
import { EchoAdvice } from './echo-advice';

describe('EchoAdvice', () => {
  it('leads to the set-up of the app whose notifications stay away', async () => {
    provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(EchoAdvice);
    fixture.componentRef.setInput('since', START);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;

    expect(element.querySelector('a')?.textContent).toBe('Set-up');
    expect(element.querySelector('a')?.getAttribute('href')).toBe(`/apps/${APP}/setup`);
    await expectAccessible(element);
  });
});
