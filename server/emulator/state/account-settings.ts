import type { EmulatorPersona } from '#protocol/emulator-controls';

/** What can be turned on one account while it runs. Plain data, read anew at each use. */
export interface AccountSettings {
  /** Who serves the account's conversations; `null`: the emulator's own default. */
  persona: EmulatorPersona | null;
  /** Whether the account has a survey. @see PROTOCOL.md §11.3 */
  hasSurvey: boolean;
  /** The skills that it is configured for, `-1` where none was asked for; `null`: all. @see PROTOCOL.md §11.3 */
  surveySkills: readonly string[] | null;
  /** A survey that is still for so long is closed by the system. @see PROTOCOL.md §11.2 */
  surveyTimeoutMs: number;
  /**
   * A conversation that waits so long for its consumer is closed by the system; 25 minutes to 90 days in the cloud,
   * anything here. `null`: never. @see PROTOCOL.md §11.2
   */
  autoCloseAfterMs: number | null;
  /**
   * What the user with the *Controller Bot* permission says to clients that announce `AUTO_MESSAGES`;
   * `null`: the account has no such user. @see PROTOCOL.md §6.1
   */
  welcomeMessage: string | null;
}

export const defaultAccountSettings: Readonly<AccountSettings> = {
  persona: null,
  hasSurvey: true,
  surveySkills: null,
  surveyTimeoutMs: 7 * 24 * 3_600_000,
  autoCloseAfterMs: null,
  welcomeMessage: 'Welcome! Somebody will be with you in a moment.',
};
