import type { Page } from '@playwright/test';

/**
 * Notes from now on what a screen reader is told: text that comes into a live region, unless something nearer says
 * `aria-live="off"` or hides it.
 */
export async function noteAnnouncements(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const noted: string[] = [];
    Object.assign(window, { noted });
    const isTold = (node: Node): boolean => {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest('[aria-live], [role=log], [role=status], [role=alert]');
      const isOff = region?.getAttribute('aria-live') === 'off';
      const isHidden = element?.closest('[aria-hidden=true]') instanceof Element;
      return region instanceof Element && !isOff && !isHidden;
    };
    const wordsIn = (node: Node): string => {
      if (node instanceof Element && node.matches('[aria-live=off], [aria-hidden=true]')) return '';
      if (node instanceof Text) return node.data;
      return [...node.childNodes].map(wordsIn).join(' ');
    };
    const note = (node: Node): void => {
      const words = wordsIn(node).replaceAll(/\s+/g, ' ').trim();
      if (words !== '' && isTold(node)) noted.push(words);
    };
    new MutationObserver((changes) => {
      const added = new Set(changes.flatMap(({ addedNodes }) => [...addedNodes]));
      const isWithin = (node: Node | null): boolean =>
        node !== null && (added.has(node) || isWithin(node.parentNode));
      // What was put together piece by piece is told as a whole.
      for (const node of added) if (!isWithin(node.parentNode)) note(node);
      for (const { type, target } of changes) {
        if (type === 'characterData' && !isWithin(target)) note(target);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { readonly noted: readonly string[] }).noted);
}
