import { buildExchange } from '../testing/build-exchange';
import { expectAccessible } from '../testing/expect-accessible';
import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

describe('RequestDetail', () => {
  const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'Is anybody there?' };
  const exchange = buildExchange({
    request: {
      ...{ method: 'POST', url: 'https://va.example.com/api/send?v=3', headers: { accept: '*/*' } },
      body: { type: 'ms.PublishEvent', body: { dialogId: 'c1', event } },
    },
  });

  for (const tab of ['requests', 'timeline']) {
    it(`tells of a call that waits what is known, and then its answer, opened in ${tab}`, async () => {
      const { fixture, element, log } = await renderInspector(new LogWriter(), { tab });
      log.underWay.set([{ ...exchange, conversationId: CONVERSATION }]);
      await fixture.whenStable();
      const row = element.querySelector<HTMLElement>('[role=option]')!;
      expect(row.ariaDisabled).not.toBe('true');
      row.click();
      await fixture.whenStable();

      const detail = () => textOf(element.querySelector('app-request-detail'));
      for (const known of ['waiting', 'POST https://va.example.com/api/send?v=3', 'Is anybody there?'])
        expect(detail()).toContain(known);
      expect(detail()).toMatch(/Waiting since ?\d\d:\d\d:\d\d/);
      expect(detail()).not.toContain('Send again');
      await expectAccessible(element);
      element.querySelectorAll<HTMLElement>('app-request-detail [role=tab]')[1]!.click();
      await fixture.whenStable();
      expect(detail()).toContain('No answer yet');

      const writer = new LogWriter();
      writer.add(exchange);
      log.deliver(...writer.entries);
      log.underWay.set([]);
      await fixture.whenStable();

      expect(fixture.componentInstance.item()).toBe(1);
      expect(detail()).toContain('200 · 41 ms');
      expect(detail()).not.toContain('waiting');
    });
  }
});
