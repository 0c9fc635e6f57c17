import type { LogEntry, LogPayload } from '#protocol/bridge-events';

import { buildExchange } from '../testing/build-exchange';
import { APP, LogWriter } from '../testing/log-entries';
import { insideText, rememberedInside, type InsideReader } from './inside-text';
import { toItem } from './inspector-item';
import { FILTER_COLUMNS, readFilter, unknownColumns } from './item-filter';
import { lookInside } from './look-inside';

const REFUSED: LogPayload = {
  ...{ kind: 'notification-refused', deliveryId: 'd1', status: 401, reason: 'body-differs', detail: '' },
  ...{ appKey: APP, headers: { 'x-request-id': 'R-77' }, sizeBytes: 3 },
};

const call = buildExchange({
  request: {
    ...{ method: 'POST', url: 'https://va.example.com/api/send', headers: { Authorization: 'Bearer •••' } },
    body: { context: { note: 'say "Order-4711"' }, secret: '•••' },
  },
  response: { status: 200, headers: { 'X-Trace': 'T-9' }, body: 'plain Words' },
});

const writer = new LogWriter().submitted('m1', 'Hello').agentSays(3, 'Hello');
writer.add(call);
writer.add(REFUSED);
const [written, webhook, exchange, refused] = writer.entries as [LogEntry, LogEntry, LogEntry, LogEntry];
const items = writer.entries.flatMap((entry) => toItem(entry) ?? []);
const found = (text: string): readonly LogEntry[] =>
  items.filter(readFilter(text) ?? (() => true)).map(({ entry }) => entry);

describe('what stands inside', () => {
  it('is found by body: in what was sent, answered, delivered and written', () => {
    expect(found('body:order-4711')).toEqual([exchange]);
    expect(found('body:"order-4711"')).toEqual([exchange]);
    expect(found('BODY:Words')).toEqual([exchange]);
    expect(found('body:originatorMetadata')).toEqual([webhook]);
    expect(found('body:"type":"ContentEvent"')).toEqual([written, webhook]);
    expect(found('body:hello role:assigned')).toEqual([webhook]);
  });

  it('is found by header:, of a refused webhook too', () => {
    expect(found('header:x-trace:t-9')).toEqual([exchange]);
    expect(found('header:r-77')).toEqual([refused]);
    expect(found('body:r-77')).toEqual([]);
  });

  it('is masked where the log has it masked', () => {
    expect(found('body:"secret":"•••"')).toEqual([exchange]);
    expect(found('header:authorization:bearer')).toEqual([exchange]);
  });

  it('is no matter of bare words, so that a word of the protocol does not find everything', () => {
    expect(found('originatorMetadata')).toEqual([]);
    expect(found('-originatorMetadata')).toEqual(writer.entries);
    expect(found('-body:hello')).toEqual([exchange, refused]);
  });

  it('is two columns of every list', () => {
    for (const columns of Object.values(FILTER_COLUMNS)) {
      expect(unknownColumns('body:a header:b -body:c', columns)).toEqual([]);
    }
  });

  it('is read once for each entry, also by the next filter', () => {
    const read: LogEntry[] = [];
    const counting: InsideReader = (source, column) => {
      if ('kind' in source) read.push(source);
      return insideText(source, column);
    };
    const inside = rememberedInside(counting);
    for (const text of ['body:hel', 'body:hell', 'body:hello -body:x'])
      items.filter(readFilter(text, inside) ?? (() => true));

    expect(read).toEqual(writer.entries);
  });
});

describe('a filter that looks inside', () => {
  const look = (text: string) =>
    lookInside(text, FILTER_COLUMNS.timeline, { items, inside: insideText })?.filter ?? null;

  it('is offered for words that no row shows, and leaves the others as they are', () => {
    expect(look('Order-4711')).toBe('body:order-4711');
    expect(look('hello originatorMetadata -role:consumer')).toBe(
      'hello body:originatormetadata -role:consumer',
    );
    expect(look('t-9')).toBe('header:t-9');
    expect(look('"plain words" status:200')).toBe('body:"plain words" status:200');
  });

  it('is not offered where it would find nothing, or nothing is looked for in all columns', () => {
    expect(look('nowhere')).toBeNull();
    expect(look('order-4711 originatormetadata')).toBeNull();
    expect(look('role:nobody')).toBeNull();
    expect(look('body:nowhere -hello')).toBeNull();
  });
});
