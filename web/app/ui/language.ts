/** The language of the texts, for numbers and dates that stand among them: the page names it, the build decides it. */
export const LANGUAGE = document.documentElement.lang || 'en';
