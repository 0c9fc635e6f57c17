import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';
import { loadFirstPage } from './app/first-load';

loadFirstPage(location.pathname);
await bootstrapApplication(App, appConfig);
