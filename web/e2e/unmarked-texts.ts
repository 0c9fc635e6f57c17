import type { Page } from '@playwright/test';
import { CLOSING, OPENING } from '../../scripts/texts/catalogue.ts';

/**
 * What can be read or heard on the page and came from no catalogue: each text of the pseudo language stands between
 * brackets. Names, ids, code and words of the protocol are no texts; an element of such a kind is left out as a whole.
 */
export function unmarkedTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(collect, { opening: OPENING, closing: CLOSING, data: DATA, patterns: PATTERNS });
}

/** Elements that hold what somebody else said, named, measured or wrote. */
const DATA = [
  'code, kbd, time, pre, textarea, script, style, noscript, app-json-view',
  // People, apps, files and what they are about.
  'app-user-face .label, app-app-table .name, app-clamped-text > span, app-app-step :is(.name, .description, .created)',
  'app-status-bar .app-name, app-conversation-list :is(.name, .last), app-chat-pane h2.name, app-file-content .name, app-upload-list .name',
  'app-delivery-list :is(.app, .endpoint), app-about-dialog dd.data, app-check-step :is(.title, .code), app-conflict-panel .value, app-state-panel .value, app-command-palette .about',
  // Messages, and what the log says of them and of the calls; in each list the rest of the row is looked at.
  'app-message-bubble .text, .structured, .reply, app-timeline-row .detail',
  'app-webhook-row :is(.type, .summary, .role), app-webhook-detail .title, app-request-detail .carried, app-request-row :is(.summary, .where)',
  // The exact answer of a server.
  '.exact',
].join(', ');

/** What else is no text of ours, wherever it stands. */
const PATTERNS = [
  // What the bridge calls its calls, as it stands in its log.
  /^(open conversation|sign in|service directory|app installations?|(create|update|delete) app|history of the conversation|file upload .+|file download)$/,
  /^((app|consumer) token|(put|get) the file|close the (main dialog|conversation))$/,
  // What somebody else said, and nothing else: an error, word for word.
  /^“[^”]*”$/,
  // Why a connection did not come about, as the system tells it.
  /^(socket hang up|connect .*|ERR_SSL_\w+: .*)$/,
  /\S*:\/\/\S+/, // addresses
  /\/[\w/.-]+/, // paths
  /[\w-]+([.@][\w-]+)+(:\d+)?/, // hosts, names of files, of types and of settings
  /\b[A-Z][A-Z_]+\b/, // words of the protocol: ACCEPT, ASSIGNED_AGENT
  /\b(\w*[a-z][A-Z]\w*|[a-z]+(_[a-z]+)+)\b/, // its types and names: ContentEvent, agent_id
  /\b(?=\w*\d)[\w-]{6,}\b/, // ids
  /\b[A-Z][a-z]{2} \d{1,2}, \d{4}\b/, // dates, in the browser's language
].map((pattern) => pattern.source);

interface Search {
  readonly opening: string;
  readonly closing: string;
  readonly data: string;
  readonly patterns: readonly string[];
}

/** Runs in the page. */
function collect({ opening, closing, data, patterns }: Search): string[] {
  const found: string[] = [];
  const isData = patterns.map((pattern) => new RegExp(pattern, 'g'));
  /** How many brackets are open; goes from one text to the next, since one may close behind an element. */
  let depth = 0;

  const isLookedAt = (element: Element | null): element is Element =>
    element?.checkVisibility() === true && element.closest(data) === null;

  const outside = (text: string): string => {
    let rest = '';
    for (const character of text) {
      if (character === opening) depth += 1;
      else if (character === closing) depth -= 1;
      else if (depth === 0) rest += character;
    }
    return rest;
  };

  const note = (rest: string, where: string): void => {
    const text = rest.trim().replace(/\s+/g, ' ');
    const left = isData.reduce((words, pattern) => words.replace(pattern, ''), text);
    if (/\p{L}{2}/u.test(left)) found.push(`${where}: ${text}`);
  };

  const readTexts = (): void => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const rest = outside(node.nodeValue ?? '');
      const { parentElement: parent } = node;
      if (isLookedAt(parent)) note(rest, [parent.localName, ...parent.classList].join('.'));
    }
  };

  const readAttributes = (name: string): void => {
    // These titles put together, or spell out, what stands in the element anyway.
    for (const element of document.querySelectorAll(
      `[${name}]:not(app-timeline-row, app-status-bar :is(.app, .app-line))`,
    )) {
      depth = 0;
      if (isLookedAt(element))
        note(outside(element.getAttribute(name) ?? ''), `${element.localName}[${name}]`);
    }
  };

  readTexts();
  ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].forEach(readAttributes);
  depth = 0;
  note(outside(document.title), 'title');
  return found;
}
