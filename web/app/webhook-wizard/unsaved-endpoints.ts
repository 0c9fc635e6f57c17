import { Service } from '@angular/core';

import type { InstallationAnswer } from '#protocol/bridge-api';

import { UnsavedEdits } from '../bridge/unsaved-edits';
import type { EndpointDraft } from './endpoint-draft';

/** Endpoints as they were when the session ended, and the app's version that they were typed over. */
export interface UnsavedDraft {
  readonly base: InstallationAnswer;
  readonly draft: readonly EndpointDraft[];
}

/** Endpoints of the set-up that a session's end interrupted. */
@Service()
export class UnsavedEndpoints extends UnsavedEdits<UnsavedDraft> {}
