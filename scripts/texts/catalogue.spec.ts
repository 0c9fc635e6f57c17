import { CLOSING, OPENING, differencesOf, pseudoTranslation, textsOf, withoutLines } from './catalogue.ts';

const unit = (id: string, source: string, ...places: readonly string[]): string =>
  [
    `      <trans-unit id="${id}" datatype="html">`,
    `        <source>${source}</source>`,
    ...places.flatMap((place) => [
      '        <context-group purpose="location">',
      `          <context context-type="sourcefile">${place.split(':')[0]}</context>`,
      `          <context context-type="linenumber">${place.split(':')[1]}</context>`,
      '        </context-group>',
    ]),
    '      </trans-unit>',
  ].join('\n');

const catalogue = (...units: readonly string[]): string =>
  ['<file source-language="en" datatype="plaintext">', ...units, '</file>'].join('\n');

describe('the catalogue of texts', () => {
  it('stays as it is when a text only moves', () => {
    const before = catalogue(unit('1', 'Sign in', 'web/app/a.ts:3'));
    const after = catalogue(unit('1', 'Sign in', 'web/app/a.ts:40,41'));

    expect(withoutLines(after)).toBe(withoutLines(before));
    expect(withoutLines(after)).toContain('web/app/a.ts');
  });

  it('names each file once, however often a text stands in it', () => {
    const text = withoutLines(catalogue(unit('1', 'Close', 'a.html:1', 'b.html:2', 'a.html:9', 'b.html:30')));

    expect(text.match(/a\.html|b\.html/g)).toEqual(['a.html', 'b.html']);
    expect(text.match(/<context-group/g)?.length).toBe(text.match(/<\/context-group>/g)?.length);
  });

  it('is told apart by its texts', () => {
    const before = catalogue(unit('1', 'Close', 'a.html:1'), unit('2', 'Old', 'a.html:1'));
    const after = catalogue(unit('1', 'Close', 'a.html:1'), unit('3', 'New', 'a.html:1'));

    expect(differencesOf(before, after)).toEqual(['+ New', '- Old']);
  });

  it('becomes a translation with each text in brackets, placeholders and plurals inside', () => {
    const source = 'Found in <x id="INTERPOLATION" equiv-text="{{ ms }}"/> ms';
    const plural = '{VAR_PLURAL, plural, =1 {one} other {many}}';
    const translation = pseudoTranslation(
      catalogue(unit('1', source, 'a.html:1'), unit('2', plural, 'b.html:1')),
      'en-XA',
    );

    expect(translation).toContain('target-language="en-XA"');
    expect(translation).toContain(`<source>${source}</source><target>${OPENING}${source}${CLOSING}</target>`);
    expect(translation).toContain(`<target>${OPENING}${plural}${CLOSING}</target>`);
    expect(textsOf(translation).map(({ id }) => id)).toEqual(['1', '2']);
  });
});
