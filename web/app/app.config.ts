import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  ErrorHandler,
  inject,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withDisabledInitialNavigation,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withRouterConfig,
} from '@angular/router';

import { routes } from './app.routes';
import { failureInterceptor } from './bridge/failure-interceptor';
import { PageErrors } from './shell/page-errors';
import { PageTitles } from './shell/page-titles';

/** How this app goes from page to page. */
export const ROUTING = [
  withComponentInputBinding(),
  withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
  // Who navigates need not care for failures: they are told here, each once. Who went back and then stayed keeps the
  // pages before: the next Back asks again.
  withRouterConfig({ resolveNavigationPromiseOnError: true, canceledNavigationResolution: 'computed' }),
  withNavigationErrorHandler(({ error }) => inject(ErrorHandler).handleError(error)),
] as const;

export const appConfig: ApplicationConfig = {
  providers: [
    PageErrors,
    PageTitles,
    { provide: ErrorHandler, useExisting: PageErrors },
    { provide: TitleStrategy, useExisting: PageTitles },
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      ...ROUTING,
      // main.ts starts it in a turn of its own.
      withDisabledInitialNavigation(),
    ),
    provideHttpClient(withInterceptors([failureInterceptor])),
  ],
};
