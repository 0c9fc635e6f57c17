/** A part of the browser's Trusted Types that TypeScript's library does not describe. */
interface PolicyFactory {
  createPolicy(name: string, rules: { readonly createHTML: (html: string) => string | null }): unknown;
}

/** Text, line breaks and the span around a caption. What agents write reaches the renderer escaped. */
const TEXT = /^[^<]*(?:<(?:br\/?|\/?span)>[^<]*)*$/;
/** An arrow that the renderer draws itself. */
const ARROW =
  /^<svg aria-hidden="true" class="[\w -]+" xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="[\d ]+"><path d="[\dA-Z ]+"\/><\/svg>$/;

/** Whether markup is of the kind that the vendor's renderer makes of content that was read as safe. */
export const isDrawing = (html: string): boolean => TEXT.test(html) || ARROW.test(html);

/**
 * The renderer writes its markup as plain strings, which the page's policy (Trusted Types) forbids. This lets through what
 * it is known to write and nothing else, so that even content that was misread as safe could not become code.
 */
export function allowDrawing(factory: PolicyFactory | undefined): void {
  factory?.createPolicy('default', { createHTML: (html) => (isDrawing(html) ? html : null) });
}

/** `undefined` in browsers that do not know Trusted Types: there the reading of the content alone protects. */
export const policyFactory = (): PolicyFactory | undefined =>
  (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;
