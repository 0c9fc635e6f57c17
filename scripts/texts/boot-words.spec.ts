import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../web-build.ts';
import { translateBootWords, withBootWords } from './boot-words.ts';
import { CLOSING, OPENING, pseudoTranslation } from './catalogue.ts';
import { CATALOGUE } from './files.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the words of the page before the app is there', () => {
  const german =
    '<trans-unit id="1"><source> See a connector at work </source>\n  <target> Ein Konnektor bei der Arbeit </target></trans-unit>' +
    '<trans-unit id="2"><source>Apps</source><target state="final">Anwendungen</target></trans-unit>';

  it('is translated with the app, however its lines are broken', () => {
    const page = '<div class="boot"><h1>\n  See a connector\n  at work\n</h1><h1>Apps</h1></div>';

    expect(withBootWords(page, german)).toBe(
      '<div class="boot"><h1>Ein Konnektor bei der Arbeit</h1><h1>Anwendungen</h1></div>',
    );
  });

  it('stays as it is where the translation lacks it, and in its markup', () => {
    const page = '<p class="Apps">All Apps</p><script src="Apps"></script>';

    expect(withBootWords(page, german)).toBe(page);
  });

  for (const [language, words] of [
    ['de', 'Anwendungen'],
    ['en', 'Apps'],
  ] as const) {
    it(`is in the language that the app was built in: ${language}`, () => {
      const root = mkdtempSync(join(tmpdir(), 'boot-'));
      mkdirSync(join(root, 'web/texts'), { recursive: true });
      writeFileSync(join(root, 'web/texts/messages.de.xlf'), german);
      writeFileSync(join(root, 'index.html'), `<html class="a" lang="${language}"><h1>Apps</h1></html>`);

      translateBootWords(root, root);

      expect(readFileSync(join(root, 'index.html'), 'utf8')).toContain(`<h1>${words}</h1>`);
      rmSync(root, { recursive: true });
    });
  }

  it('has no word that the catalogue lacks', () => {
    const page = withBootWords(read('web/index.html'), pseudoTranslation(read(CATALOGUE), 'en-XA'));
    const boot = page.slice(page.indexOf('<div class="boot">'), page.indexOf('<noscript>'));
    const texts = [...boot.matchAll(/>([^<>]*\S[^<>]*)</g)].map(([, text = '']) => text.trim());

    expect(texts.length).toBe(5);
    for (const text of texts) expect(text).toMatch(new RegExp(`^${OPENING}.*${CLOSING}$`, 's'));
  });
});
