import { inject } from '@angular/core';
import { Router, type CanActivateFn } from '@angular/router';

import type { SignedInUser as User } from '#protocol/bridge-api';

import { SignedInUser } from './signed-in-user';

/** Lets a signed-in user pass; sends everybody else to sign-in, which remembers the wanted URL. */
export const signedInGuard: CanActivateFn = async (_route, state) => {
  const signedIn = inject(SignedInUser);
  const router = inject(Router);
  // When the bridge does not answer, sign-in says so.
  await signedIn.restore().catch(() => undefined);
  if (signedIn.isSignedIn()) return true;
  // Where everybody starts there is nothing to remember.
  const wanted = ['/', '/apps'].includes(state.url) ? {} : { wanted: state.url };
  return router.createUrlTree(['/sign-in'], { queryParams: wanted });
};

/** Lets everybody pass once it is known who is signed in: the frame around the page shows it. */
export const anyoneGuard: CanActivateFn = async () => {
  await inject(SignedInUser)
    .restore()
    .catch(() => undefined);
  return true;
};

/** Keeps a signed-in user from the sign-in page. */
export const signedOutGuard: CanActivateFn = async (route) => {
  const signedIn = inject(SignedInUser);
  const router = inject(Router);
  await signedIn.restore().catch(() => undefined);
  return signedIn.isSignedIn() ? router.parseUrl(wantedUrl(route.queryParamMap.get('wanted'))) : true;
};

/** What the query of sign-in says of who was signed in: their way in is offered first. */
export const wayOf = (user: User | null): { readonly way?: 'account' } =>
  user?.isEmulated === false ? { way: 'account' } : {};

/** The URL to go to after sign-in: only ever one of this app. */
export function wantedUrl(wanted: string | null | undefined, otherwise = '/apps'): string {
  const isOurs = wanted?.startsWith('/') === true && !/^\/[/\\]/.test(wanted);
  return isOurs && !wanted.startsWith('/sign-in') ? wanted : otherwise;
}
