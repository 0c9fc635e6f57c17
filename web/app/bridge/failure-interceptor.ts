import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, throwError } from 'rxjs';

import type { Problem } from '#protocol/problem';

import { BRIDGE_UNREACHABLE, BridgeFailure } from './bridge-failure';
import { SessionEnd } from './session-end';

/**
 * Turns every failed answer of the bridge into a {@link BridgeFailure}; the one place where that happens.
 * A refusal for want of a session is also told to {@link SessionEnd}, whoever called.
 */
export const failureInterceptor: HttpInterceptorFn = (request, next) => {
  const sessionEnd = inject(SessionEnd);
  return next(request).pipe(
    catchError((error: unknown) => {
      const failure = toFailure(error, request.method);
      if (failure instanceof BridgeFailure && endsSession(failure)) sessionEnd.tell('expired');
      return throwError(() => failure);
    }),
  );
};

/** Whether the answer means that the session is over. */
export const endsSession = ({ code }: BridgeFailure): boolean =>
  code === 'not-signed-in' || code === 'session-expired';

function toFailure(error: unknown, method: string): unknown {
  if (!(error instanceof HttpErrorResponse)) return error;
  const problem = isProblem(error.error)
    ? error.error
    : { ...BRIDGE_UNREACHABLE, detail: unansweredWords(error, method) };
  return new BridgeFailure(problem, { cause: error, retryAfterSeconds: retryAfterOf(error) });
}

function retryAfterOf({ headers }: HttpErrorResponse): number | null {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? seconds : null;
}

/** An answer without a problem is not the bridge's: something between page and bridge gave it. */
function unansweredWords({ status, url }: HttpErrorResponse, method: string): string {
  const asked = `${method} ${pathOf(url)}`;
  return status === 0
    ? $localize`${asked}\: no answer`
    : $localize`${asked}\: answered ${status}, not by the bridge`;
}

const pathOf = (url: string | null): string => (url === null ? '' : new URL(url, document.baseURI).pathname);

/** Whether the body is a refusal in the bridge's own words. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'detail' in body;
}
