import { ErrorHandler, Service, inject } from '@angular/core';

import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf } from '../bridge/failure-words';
import { Toasts } from '../ui/toasts';
import { LostPage } from './lost-page';

/** Failures that nobody caught, pages that did not come among them: told to the person and to the browser's console; the rest of the page goes on. */
@Service({ autoProvided: false })
export class PageErrors extends ErrorHandler {
  private readonly toasts = inject(Toasts);

  override handleError(error: unknown): void {
    super.handleError(error);
    if (error instanceof LostPage) {
      this.toasts.error(
        $localize`This page could not be loaded`,
        $localize`Check that the server is still running, then reload: it may have a newer version.`,
      );
      return;
    }
    const { title, next } = wordsOf(error);
    const quote = quoteOf(error);
    this.toasts.error(
      title,
      quote === null ? next : $localize`${quote}:quote:. ${next}:next:`,
      reportOf(error),
    );
  }
}

/** So much of an error's own words tells it from others. */
const LONGEST_QUOTE = 160;

/** What a defect of the page says of itself; a failure of the bridge has words in `wordsOf`. */
function quoteOf(error: unknown): string | null {
  if (error instanceof BridgeFailure || !(error instanceof Error) || error.message === '') return null;
  const { message } = error;
  return message.length > LONGEST_QUOTE ? `“${message.slice(0, LONGEST_QUOTE)}…”` : `“${message}”`;
}

/** What helps to find a defect: where, when, which browser, and the error with its way. Nothing that was typed. */
export function reportOf(error: unknown): string {
  const place = location.origin + location.pathname;
  const lines = [`At: ${place}`, `Time: ${new Date().toISOString()}`, `Browser: ${navigator.userAgent}`];
  if (error instanceof BridgeFailure) return [...lines, JSON.stringify(error.problem, null, 2)].join('\n');
  if (error instanceof Error) return [...lines, error.stack ?? `${error.name}: ${error.message}`].join('\n');
  return [...lines, String(error)].join('\n');
}
