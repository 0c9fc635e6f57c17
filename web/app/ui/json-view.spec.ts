import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { jsonLines } from './json-lines';
import { JsonView } from './json-view';

const textOf = (value: unknown, folded: readonly string[] = [], limit = 1000) =>
  jsonLines(value, (path) => folded.includes(path), limit).map(
    ({ depth, key, text, hasComma }) =>
      `${' '.repeat(depth)}${key === null ? '' : `"${key}": `}${text}${hasComma ? ',' : ''}`,
  );

describe('JSON lines', () => {
  it('are the document, line by line', () => {
    const value = { a: 1, b: [true, null, 'x "y"'], c: {}, d: [] };

    expect(textOf(value)).toEqual([
      '{',
      ' "a": 1,',
      ' "b": [',
      '  true,',
      '  null,',
      '  "x \\"y\\""',
      ' ],',
      ' "c": {},',
      ' "d": []',
      '}',
    ]);
    expect(JSON.parse(textOf(value).join(''))).toEqual(value);
  });

  it('leave out what is folded and say how much that is', () => {
    expect(textOf({ a: { b: 1, c: 2 }, d: 3 }, ['$.a'])).toEqual(['{', ' "a": { … },', ' "d": 3', '}']);
    expect(jsonLines([1, 2, 3], () => true, 10)[0]?.hidden).toBe(3);
  });

  it('have names of their own, also for equal values', () => {
    const ids = jsonLines({ a: [1, 1], b: [1, 1] }, () => false, 100).map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('end at the limit, and do not run down a hostile depth', () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];

    expect(
      textOf(
        Array.from({ length: 100_000 }, () => 1),
        [],
        500,
      ).length,
    ).toBe(501);
    expect(textOf(deep).length).toBeLessThan(200);
  });
});

describe('JsonView', () => {
  async function renderView(value: unknown) {
    const fixture = TestBed.createComponent(JsonView);
    fixture.componentRef.setInput('value', value);
    await fixture.whenStable();
    return { fixture, element: fixture.nativeElement as HTMLElement };
  }

  it('folds and unfolds by a button that says so', async () => {
    const { fixture, element } = await renderView({ body: { text: 'hello' } });
    await expectAccessible(element);
    const fold = element.querySelector<HTMLButtonElement>('[aria-label="Fold body"]')!;

    fold.click();
    await fixture.whenStable();

    expect(element.textContent).not.toContain('hello');
    expect(element.querySelector('[aria-label="Unfold body"]')?.getAttribute('aria-expanded')).toBe('false');
  });

  it('shows markup as text', async () => {
    const { element } = await renderView({ '<b>': '<img src=x onerror=alert(1)>' });

    expect(element.querySelector('img, b')).toBeNull();
  });

  it('shows the beginning of a long document, and more when asked', async () => {
    const { fixture, element } = await renderView(Array.from({ length: 900 }, (_, at) => at));
    expect(element.querySelectorAll('.line').length).toBeLessThan(600);

    element.querySelector<HTMLButtonElement>('.more')!.click();
    await fixture.whenStable();

    expect(element.querySelectorAll('.line').length).toBe(902);
    expect(element.querySelector('.more')).toBeNull();
  });
});
