import { buildExchange } from '../testing/build-exchange';
import { LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

describe('RequestRow', () => {
  it('has begin and end of the path, around one ellipsis, and names all of it to who points at it', async () => {
    const writer = new LogWriter();
    const url = 'https://va.sentinel.example.com:8443/sentinel/api/account/demo/app/token?v=1.0';
    writer.add(buildExchange({ request: { method: 'POST', url, headers: {}, body: null } }));
    const short = 'https://va.agent.example.com/api/account/demo/consumer?v=1.0';
    writer.add(buildExchange({ request: { method: 'POST', url: short, headers: {}, body: null } }));
    const { element } = await renderInspector(writer, { tab: 'requests' });

    const [where, other] = element.querySelectorAll('app-request-row .where');
    expect(textOf(where!)).toBe('/sentinel/…/app/token');
    expect(textOf(other!)).toBe('/api/account/demo/consumer');
    expect(where!.getAttribute('title')).toContain(url);
    const [start, end] = [...where!.children].map((part) => part.getBoundingClientRect());
    expect(end!.left).toBeCloseTo(start!.right, 0);
    const cut = where!.querySelector('.where-end')!;
    expect(cut.scrollWidth).toBe(cut.clientWidth);
  });

  it('begins its columns where other rows do, also where no answer came', async () => {
    const writer = new LogWriter();
    writer.add(buildExchange());
    writer.add(buildExchange({ response: null, failure: 'timeout' }));
    const { element } = await renderInspector(writer, { tab: 'requests' });
    element.style.cssText = 'display: flex; width: 900px';

    const heads = element.querySelector('app-request-heads')!;
    const rows = [heads, ...element.querySelectorAll('app-request-row')];
    for (const column of ['.summary', '.where']) {
      const lefts = rows.map((row) => Math.round(row.querySelector(column)!.getBoundingClientRect().left));
      expect(lefts).withContext(column).toEqual(Array<number>(3).fill(lefts[0]!));
    }
    const status = element.querySelector('app-request-row .status.refused')!;
    expect(status.scrollWidth).toBe(status.clientWidth);
  });

  it('cuts what the event says before its type and the type of the request around it', async () => {
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'Many words '.repeat(20) };
    const body = { type: 'ms.PublishEvent', body: { dialogId: 'c1', event } };
    const writer = new LogWriter();
    writer.add(
      buildExchange({ request: { method: 'POST', url: 'https://va.example.com/', headers: {}, body } }),
    );
    const { element } = await renderInspector(writer, { tab: 'requests' });

    const isCut = (part: string) => {
      const { scrollWidth, clientWidth } = element.querySelector(`app-request-row ${part}`)!;
      return scrollWidth > clientWidth;
    };
    expect(['.name', '.carried', '.envelope'].map(isCut)).toEqual([false, true, false]);
  });
});
