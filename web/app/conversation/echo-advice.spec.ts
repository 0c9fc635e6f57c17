import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { APP, LogWriter, START } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { ConversationsStore } from './conversations-store';
import { EchoAdvice } from './echo-advice';
import type { MissingEcho } from './missing-echo';

describe('EchoAdvice', () => {
  async function render(known: MissingEcho) {
    const { log } = provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(EchoAdvice);
    fixture.componentRef.setInput('since', START);
    fixture.componentRef.setInput('known', known);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    return { log, fixture, element, words: () => element.textContent.replaceAll(/\s+/g, ' ').trim() };
  }

  it('leads to the set-up of the app whose notifications stay away', async () => {
    const { element } = await render('unknown');

    expect(element.querySelector('a')?.textContent).toBe('Set-up');
    expect(element.querySelector('a')?.getAttribute('href')).toBe(`/apps/${APP}/setup`);
    await expectAccessible(element);
  });

  it('doubts neither what was delivered nor the set-up, and still tells of a refused webhook', async () => {
    const { log, fixture, element, words } = await render('delivered');
    expect(words()).toBe(
      'It was delivered; only its own notification did not come here. It may have been lost or refused on its way.',
    );
    expect(element.querySelector('a, button')).toBeNull();

    const about = { deliveryId: 'd', status: 401, detail: '', headers: {}, sizeBytes: 3, appKey: APP };
    const writer = new LogWriter();
    log.deliver(writer.add({ kind: 'notification-refused', reason: 'body-differs', ...about }, null));
    await fixture.whenStable();

    expect(words()).toContain('A webhook for this app was refused at');
    await expectAccessible(element);
  });
});
