/** The one catalogue of all texts of the web app. */
export const CATALOGUE = 'web/texts/messages.xlf';

/** Its translation into a language (docs/adr/0009-texts-marked-where-used.md). */
export const translationInto = (language: string): string =>
  language === PSEUDO.language ? PSEUDO.translation : `web/texts/messages.${language}.xlf`;

/** What `ng extract-i18n` writes (angular.json). */
export const EXTRACTED = 'dist/texts/extracted.xlf';

/** The language that is none: each text in brackets (angular.json names it and its file). */
export const PSEUDO = {
  language: 'en-XA',
  translation: 'dist/texts/en-XA.xlf',
  output: 'dist/web-pseudo',
} as const;
