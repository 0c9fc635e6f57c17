import { MAX_DEPTH, MAX_ELEMENTS, type SafeElement } from './content-reading';
import { metadataKey } from './element-click';
import { safeLink, safePicture } from './safe-addresses';
import { readContent, type ContentReading } from './safe-content';

type Read = Extract<ContentReading, { kind: 'content' }>;

const read = (content: unknown): Read => {
  const reading = readContent(content);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading;
};
const reasonOf = (content: unknown): string => {
  const reading = readContent(content);
  return reading.kind === 'invalid' ? reading.reason : 'valid';
};
const vertical = (...elements: readonly unknown[]) => ({ type: 'vertical', elements });
const button = (...actions: readonly unknown[]) => ({ type: 'button', title: 'Press', click: { actions } });
const clickOf = ({ root, notes }: Read) => notes.get(root)?.click;

describe('addresses of structured content', () => {
  for (const address of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    'https://user:password@example.com/',
    '/relative',
    '//example.com',
    '',
    `https://example.com/${'x'.repeat(3000)}`,
    42,
    null,
  ]) {
    it(`never open ${String(address).slice(0, 40)}`, () => {
      expect(safeLink(address)).toBeNull();
    });
  }

  it('open pages, mail and telephone', () => {
    for (const address of [
      'https://example.com/a?b=c',
      'http://example.com/',
      'mailto:a@example.com',
      'tel:+491234',
    ]) {
      expect(safeLink(address)).toBe(address);
    }
  });

  it('are drawn over https or as data of a bitmap, and in no other way', () => {
    expect(safePicture('https://example.com/a.png')).toBe('https://example.com/a.png');
    expect(safePicture('data:image/png;base64,iVBORw0K')).toBe('data:image/png;base64,iVBORw0K');
    for (const address of [
      'http://example.com/a.png',
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:text/html;base64,PHN2Zz4=',
      'javascript:alert(1)',
      'blob:x',
    ]) {
      expect(safePicture(address)).withContext(address).toBeNull();
    }
  });
});

describe('reading structured content', () => {
  it('takes texts as texts, whatever stands in them', () => {
    const { root } = read(vertical({ type: 'text', text: '<img src=x onerror=alert(1)>&\n"' }));

    expect(root.elements?.[0]?.['text']).toBe('&lt;img src=x onerror=alert(1)&gt;&amp;\n&quot;');
  });

  it('takes over no member that it does not know', () => {
    const accessibility = { web: { onclick: 'alert(1)', style: 'position: fixed', 'aria-label': 'x' } };
    const { root } = read({
      type: 'text',
      text: 'a',
      id: 'app',
      accessibility,
      class: 'x',
      __proto__: { evil: 1 },
    });

    expect(Object.keys(root).sort()).toEqual(['rtl', 'style', 'tag', 'text', 'type']);
  });

  it('lets colours through and nothing that hides in them', () => {
    const style = {
      color: 'red; position: fixed; inset: 0; background: url(https://example.com)',
      'background-color': '#00FF00',
      'border-color': 'expression(alert(1))',
      'font-family': 'x;y',
      bold: true,
      size: 'huge',
    };

    expect(read({ type: 'text', text: 'a', style }).root['style']).toEqual({
      'background-color': '#00FF00',
      bold: true,
    });
    expect(read({ type: 'text', text: 'a', style: { color: 'rgb(1, 2, 3)' } }).hasColours).toBeTrue();
    expect(read({ type: 'text', text: 'a', style: { bold: true } }).hasColours).toBeFalse();
  });

  it('says what each action does', () => {
    const actions = [
      { type: 'publishText', text: 'yes' },
      { type: 'link', uri: 'https://example.com/a', web: { uri: 'https://example.com/web' } },
      { type: 'navigate', la: 40.5, lo: -73.9 },
      { type: 'addToCart', items: [] },
    ];

    expect(clickOf(read(button(...actions)))?.actions).toEqual([
      { type: 'publishText', text: 'yes' },
      { type: 'open', address: 'https://example.com/web' },
      { type: 'open', address: 'https://www.google.com/maps/search/?api=1&query=40.5,-73.9' },
      { type: 'other', name: 'addToCart' },
    ]);
    expect(clickOf(read(button({ type: 'toString' })))?.actions).toEqual([
      { type: 'other', name: 'toString' },
    ]);
  });

  it('blocks a link that must not be opened and says so', () => {
    const reading = read(button({ type: 'link', uri: 'javascript:alert(1)' }));

    expect(clickOf(reading)?.actions).toEqual([{ type: 'blocked', scheme: 'javascript' }]);
    expect(reading.unopened).toEqual(['javascript']);
    expect(reading.leftOut).toEqual([]);
  });

  it('keeps metadata as it came', () => {
    const metadata = [{ type: 'ExternalId', id: 'ABC-1', nested: { a: [1, null] } }];

    expect(clickOf(read({ type: 'button', title: 'a', click: { metadata } }))?.metadata).toEqual(metadata);
  });

  it('leaves out kinds that it does not know, and counts them', () => {
    const { root, leftOut } = read(
      vertical({ type: 'text', text: 'a' }, { type: 'video' }, { type: 'video' }),
    );

    expect(root.elements?.length).toBe(1);
    expect(leftOut).toEqual(['elements of type “video” (2 times)']);
    expect(reasonOf({ type: '__proto__' })).toContain('__proto__');
    expect(reasonOf({ type: 'constructor' })).toContain('constructor');
  });

  it('leaves the words of an image whose address is not drawn', () => {
    const { root, leftOut } = read({ type: 'image', url: 'http://example.com/a.png', alt: 'A shoe' });

    expect([root['url'], root['alt'], root['isBlocked']]).toEqual(['', 'A shoe', true]);
    expect(leftOut).toEqual(['images whose address is not https']);
  });

  it('names what is missing, and where', () => {
    expect(reasonOf(null)).toBe('the content is no object');
    expect(reasonOf([])).toBe('the content is no object');
    expect(reasonOf({})).toBe('content has no type');
    expect(reasonOf({ type: 'vertical' })).toBe('content has no list of elements');
    expect(reasonOf(vertical({ type: 'text' }))).toBe('content.elements[0] has no text');
    expect(reasonOf(vertical({ type: 'text', text: 'a' }, vertical({ type: 'button' })))).toBe(
      'content.elements[1].elements[0] has no title',
    );
    expect(reasonOf(vertical({ type: 'map', la: '1', lo: 2 }))).toBe('content.elements[0] lacks la or lo');
    expect(reasonOf(vertical('text'))).toBe('content.elements[0] is no object');
    expect(reasonOf({ type: 'carousel', elements: [] })).toContain('no card');
    expect(reasonOf({ type: 'carouselSelect', elements: [vertical()] })).toContain('selectMode.name');
  });

  it('draws kinds that the renderer does not know as others that it does', () => {
    const preview = read({ type: 'linkPreview', url: 'https://example.com/', title: 'Example' });
    const pairs = read({
      type: 'keyValuePairList',
      elements: [{ key: 'Size', value: '42' }, { key: 'Colour' }],
    });

    expect([preview.root.type, preview.root['title']]).toEqual(['button', 'Example']);
    expect(clickOf(preview)?.actions).toEqual([{ type: 'open', address: 'https://example.com/' }]);
    expect([pairs.root.type, pairs.root['text']]).toEqual(['text', 'Size: 42\nColour: ']);
  });

  it('stops at a number of elements and a depth, however much comes', () => {
    const wide = read(vertical(...Array.from({ length: 100_000 }, () => ({ type: 'text', text: 'a' }))));
    let deep: unknown = { type: 'text', text: 'a' };
    for (let level = 0; level < 5000; level += 1) deep = vertical(deep);
    const bush = (level: number): unknown =>
      level === 0
        ? { type: 'text', text: 'a' }
        : vertical(...Array.from({ length: 20 }, () => bush(level - 1)));

    expect(wide.root.elements?.length).toBe(MAX_ELEMENTS - 1);
    expect(wide.leftOut[0]).toContain(`beyond the first ${MAX_ELEMENTS}`);
    expect(depthOf(read(deep).root)).toBe(MAX_DEPTH);
    expect(read(deep).leftOut).toEqual(['elements nested too deep']);
    expect(countOf(read(bush(3)).root)).toBe(MAX_ELEMENTS);
  });
});

describe('the key of metadata', () => {
  it('does not depend on the order of members', () => {
    expect(metadataKey([{ a: 1, b: { c: 2, d: 3 } }])).toBe(metadataKey([{ b: { d: 3, c: 2 }, a: 1 }]));
    expect(metadataKey([{ a: 1 }])).not.toBe(metadataKey([{ a: 2 }]));
    expect(metadataKey(undefined)).toBe(metadataKey(null));
  });
});

const depthOf = ({ elements = [] }: SafeElement): number =>
  Math.max(0, ...elements.map((inner) => 1 + depthOf(inner)));
const countOf = ({ elements = [] }: SafeElement): number =>
  elements.reduce((sum, inner) => sum + countOf(inner), 1);
