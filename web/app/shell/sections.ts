/** The three places of the frame's navigation. */
export type Section = 'apps' | 'setup' | 'workbench';

export interface SectionLink {
  readonly section: Section;
  readonly label: string;
  readonly path: string;
}

export const SECTION_LINKS: readonly SectionLink[] = [
  { section: 'apps', label: $localize`Apps`, path: '/apps' },
  { section: 'setup', label: $localize`Set-up`, path: '/setup' },
  { section: 'workbench', label: $localize`Workbench`, path: '/workbench' },
];

/** The place that a URL belongs to; `null` for sign-in and unknown pages. */
export function sectionOf(url: string): Section | null {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  if (/^\/setup$|^\/apps\/[^/]+\/setup$/.test(path)) return 'setup';
  if (/^\/apps\/[^/]+\/chat(\/|$)/.test(path)) return 'workbench';
  return /^\/apps(\/new|\/[^/]+\/edit)?$/.test(path) ? 'apps' : null;
}

/** The app whose workbench a URL shows; `null` when it shows none. */
export function workbenchAppOf(url: string): string | null {
  const match = /^\/apps\/([^/?#]+)\/chat(?=[/?#]|$)/.exec(url);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}

/** The conversation that a workbench's URL names; `null` when it names none. */
export function conversationOf(url: string): string | null {
  const match = /^\/apps\/[^/?#]+\/chat\/([^/?#]+)/.exec(url);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}
