import { inject } from '@angular/core';
import { Router, type CanActivateFn, type Routes, type UrlMatcher } from '@angular/router';

import { leaveGuard } from './app-installs/leave-guard';
import { LastApp } from './bridge/last-app';
import { anyoneGuard, signedInGuard, signedOutGuard } from './bridge/signed-in-guard';

/** The header's way back to the workbench that was used last. */
const lastWorkbenchGuard: CanActivateFn = () => {
  const appKey = inject(LastApp).appKey();
  return inject(Router).createUrlTree(appKey === null ? ['/apps'] : ['/apps', appKey, 'chat']);
};

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

const workbench = () => import('./workbench/workbench-page').then((module) => module.WorkbenchPage);
const wizard = () => import('./webhook-wizard/wizard-page').then((module) => module.WizardPage);
const appEditor = () =>
  import('./app-installs/editor/app-editor-page').then((module) => module.AppEditorPage);
const notFound = () => import('./shell/not-found-page').then((module) => module.NotFoundPage);

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'apps' },
  {
    path: 'sign-in',
    title: $localize`Sign in`,
    canActivate: [signedOutGuard],
    loadComponent: () => import('./login/login-page').then((module) => module.LoginPage),
  },
  {
    path: '',
    canActivate: [signedInGuard],
    children: [
      {
        path: 'apps',
        pathMatch: 'full',
        title: $localize`Apps`,
        loadComponent: () => import('./app-installs/app-list-page').then((module) => module.AppListPage),
      },
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
      { path: 'workbench', canActivate: [lastWorkbenchGuard], children: [] },
    ],
  },
  { path: '**', title: $localize`Not found`, canActivate: [anyoneGuard], loadComponent: notFound },
];
