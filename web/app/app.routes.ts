import { inject } from '@angular/core';
import { Router, type CanActivateFn, type Routes, type UrlMatcher } from '@angular/router';

import { leaveGuard } from './app-installs/leave-guard';
import { LastApp } from './bridge/last-app';
import { anyoneGuard, signedInGuard, signedOutGuard } from './bridge/signed-in-guard';
import { pageFrom } from './shell/lost-page';
import { WayToWorkbench } from './shell/way-to-workbench';

/** The header's way back: where in the workbench one was, or another app's workbench. */
const workbenchGuard: CanActivateFn = async () => {
  const router = inject(Router);
  return router.parseUrl(await inject(WayToWorkbench).url());
};

/** The start is the same way, for who has been in a workbench. */
const startGuard: CanActivateFn = (route, state) =>
  inject(LastApp).appKey() === null ? inject(Router).parseUrl('/apps') : workbenchGuard(route, state);

/**
 * `apps/:appKey/chat` and `apps/:appKey/chat/:conversationId` as one route: going from one conversation to the next
 * keeps the page.
 */
const workbenchMatcher: UrlMatcher = (segments) => {
  const [apps, appKey, chat, conversationId, ...rest] = segments;
  if (apps?.path !== 'apps' || appKey === undefined || chat?.path !== 'chat' || rest.length > 0) return null;
  const posParams = conversationId === undefined ? { appKey } : { appKey, conversationId };
  return { consumed: segments, posParams };
};

const signIn = pageFrom(() => import('./login/login-page').then((module) => module.LoginPage));
const appList = pageFrom(() => import('./app-installs/app-list-page').then((module) => module.AppListPage));
const appEditor = pageFrom(() =>
  import('./app-installs/editor/app-editor-page').then((module) => module.AppEditorPage),
);
const wizard = pageFrom(() => import('./webhook-wizard/wizard-page').then((module) => module.WizardPage));
const workbench = pageFrom(() => import('./workbench/workbench-page').then((module) => module.WorkbenchPage));
const notFound = pageFrom(() => import('./shell/not-found-page').then((module) => module.NotFoundPage));

export const routes: Routes = [
  {
    path: 'sign-in',
    title: $localize`Sign in`,
    canActivate: [signedOutGuard],
    loadComponent: signIn,
  },
  {
    path: '',
    canActivate: [signedInGuard],
    children: [
      { path: 'apps', pathMatch: 'full', title: $localize`Apps`, loadComponent: appList },
      { path: 'apps/new', title: $localize`New app`, loadComponent: appEditor, canDeactivate: [leaveGuard] },
      {
        path: 'apps/:appKey/edit',
        title: $localize`Edit app`,
        loadComponent: appEditor,
        canDeactivate: [leaveGuard],
      },
      { path: 'setup', title: $localize`Set-up`, loadComponent: wizard, canDeactivate: [leaveGuard] },
      {
        path: 'apps/:appKey/setup',
        title: $localize`Set-up`,
        loadComponent: wizard,
        canDeactivate: [leaveGuard],
      },
      { matcher: workbenchMatcher, title: $localize`Workbench`, loadComponent: workbench },
      { path: '', pathMatch: 'full', canActivate: [startGuard], children: [] },
      { path: 'workbench', canActivate: [workbenchGuard], children: [] },
    ],
  },
  { path: '**', title: $localize`Not found`, canActivate: [anyoneGuard], loadComponent: notFound },
];
