import { NavigationEnd, NavigationError, type Router } from '@angular/router';

/**
 * Starts loading the page that the address asks for, beside the question who is signed in instead of after it.
 *
 * Only a head start: the router loads the same files when it gets there, and tells when that fails.
 */
export function loadFirstPage(path: string): void {
  const page = PAGES[path];
  page?.().catch(() => undefined);
}

const PAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  '/sign-in': () => import('./login/login-page'),
  '/apps': () => import('./app-installs/app-list-page'),
};

/** Takes what `index.html` shows of the first page away in the moment in which that page is there, or cannot be. */
export function replaceBootPage(router: Router): void {
  const following = router.events.subscribe((event) => {
    if (!(event instanceof NavigationEnd || event instanceof NavigationError)) return;
    document.querySelector('.boot')?.remove();
    following.unsubscribe();
  });
}
