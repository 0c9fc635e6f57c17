/** What the person's keyboard calls the key of commands. */
export const CONTROL_KEY = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
