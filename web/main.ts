import { createApplication } from '@angular/platform-browser';
import { Router } from '@angular/router';

import { App } from './app/app';
import { appConfig } from './app/app.config';
import { SignedInUser } from './app/bridge/signed-in-user';
import { loadFirstPage, replaceBootPage } from './app/first-load';
import { nextTurn } from './app/ui/turns';

loadFirstPage(location.pathname);
// The start in short turns: what waits, such as the first paint and a first press, comes in between.
await nextTurn();
const app = await createApplication(appConfig);
await nextTurn();
// Asked while the frame is drawn; the guard of the first page asks again should there be no answer.
app.injector
  .get(SignedInUser)
  .restore()
  .catch(() => undefined);
await nextTurn();
app.bootstrap(App);
await nextTurn();
const router = app.injector.get(Router);
replaceBootPage(router);
router.initialNavigation();
