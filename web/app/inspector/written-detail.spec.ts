import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter } from '../testing/log-entries';
import { renderInspector } from '../testing/provide-inspector';

describe('WrittenDetail', () => {
  it('shows a message as it was handed over, where a chain of calls begins', async () => {
    const { element } = await renderInspector(new LogWriter().opened().submitted('m1', 'by hand'), {
      ...{ tab: 'timeline', item: 2 },
    });

    const detail = element.querySelector('app-written-detail')!;
    expect(detail.textContent).toContain('m1');
    expect(detail.textContent).toContain('by hand');
    await expectAccessible(element);
  });
});
