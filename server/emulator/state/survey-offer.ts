import { randomBytes } from 'node:crypto';

import { asDialogId } from '#protocol/identifiers';

import type { CloudSettings } from '../cloud-settings.ts';
import type { Account } from './account-state.ts';
import type { SurveyOffer } from './conversation-survey.ts';
import { stableUuid } from './identity.ts';

/**
 * What the account would ask after a conversation of this skill; `null`: it has no survey for it.
 * The dialog's id is 16 random bytes in 22 characters of base64url. @see PROTOCOL.md §11.3
 */
export function newSurveyOffer(
  { id, settings }: Pick<Account, 'id' | 'settings'>,
  { surveyDialogFirst }: CloudSettings,
  skillId: string,
): SurveyOffer | null {
  const { hasSurvey, surveySkills } = settings;
  if (!hasSurvey || surveySkills?.includes(skillId) === false) return null;
  return {
    dialogId: asDialogId(randomBytes(16).toString('base64url')),
    appInstallId: stableUuid(`${id}/survey bot`),
    isListedFirst: surveyDialogFirst,
  };
}
