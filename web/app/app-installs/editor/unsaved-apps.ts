import { Service } from '@angular/core';

import { UnsavedEdits } from '../../bridge/unsaved-edits';
import type { AppForm } from '../manifest/app-form';
import type { Manifest } from '../manifest/manifest';

/** An edit as it was when the session ended. */
export interface UnsavedApp {
  readonly base: Manifest;
  readonly revision: string | null;
  readonly source: Manifest;
  readonly form: AppForm;
}

/** Apps of the editor that a session's end interrupted. */
@Service()
export class UnsavedApps extends UnsavedEdits<UnsavedApp> {}
