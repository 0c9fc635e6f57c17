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
} from '@angular/router';

import { routes } from './app.routes';
import { failureInterceptor } from './bridge/failure-interceptor';
import { PageErrors } from './shell/page-errors';
import { PageTitles } from './shell/page-titles';
import { Toasts } from './ui/toasts';

export const appConfig: ApplicationConfig = {
  providers: [
    PageErrors,
    PageTitles,
    { provide: ErrorHandler, useExisting: PageErrors },
    { provide: TitleStrategy, useExisting: PageTitles },
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      // main.ts starts it in a turn of its own.
      withDisabledInitialNavigation(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler(() =>
        inject(Toasts).error(
          $localize`This page could not be loaded`,
          $localize`Check that the server is still running, then reload: it may have a newer version.`,
        ),
      ),
    ),
    provideHttpClient(withInterceptors([failureInterceptor])),
  ],
};
