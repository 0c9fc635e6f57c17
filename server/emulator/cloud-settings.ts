/** How webhooks are signed. The real cloud sends `sha1` in base64, to selected accounts `sha256`. @see PROTOCOL.md §8.2 */
export interface SignatureStyle {
  readonly algorithm: 'sha1' | 'sha256';
  readonly encoding: 'base64' | 'hex';
}

/** @see PROTOCOL.md §8.4 */
export type SampleStyle = 'new' | 'old';

/** What can be turned on the running emulator. Read anew at each use; what was given its end by a setting keeps it. */
export interface CloudSettings {
  signature: SignatureStyle;
  /** Life of an app token. @see PROTOCOL.md §5.1 */
  appTokenLifetimeS: number;
  /** Idle time after which an agent's session ends; the `sessionTTl` of the login. @see PROTOCOL.md §2.1 */
  agentSessionTtlMs: number;
  /** Life of a signed URL of the object store. @see PROTOCOL.md §7.3 */
  fileUrlLifetimeS: number;
  /** Time allowed to connect to a webhook endpoint, and again to answer. @see PROTOCOL.md §8.5 */
  webhookConnectTimeoutMs: number;
  webhookReadTimeoutMs: number;
  /** An endpoint that takes longer to answer is slow … @see PROTOCOL.md §8.5 */
  webhookSlowMs: number;
  /** … and is switched off when it stays so for longer than this; `null`: never. @see PROTOCOL.md §8.5 */
  webhookSwitchOffMs: number | null;
  /** Time until the webhooks notice that an installation was changed; up to two minutes in the cloud. @see PROTOCOL.md §4.2.1 */
  installationEffectDelayMs: number;
  /** Form of webhooks: `old` leaves out what the oldest samples do not have. @see PROTOCOL.md §8.4 */
  sampleStyle: SampleStyle;
  /** Whether a survey dialog is listed before the MAIN dialog; both orders occur. @see PROTOCOL.md §14.1 #18 */
  surveyDialogFirst: boolean;
  /** How often the cloud looks for conversations to close by itself. @see PROTOCOL.md §11.2 */
  closingJobIntervalMs: number;
  /** Whether the messaging service cannot reach the account's configuration: opening answers 50201. @see PROTOCOL.md §6.6 */
  accountConfigurationDown: boolean;
}

export const defaultCloudSettings: Readonly<CloudSettings> = {
  signature: { algorithm: 'sha1', encoding: 'base64' },
  appTokenLifetimeS: 3600,
  agentSessionTtlMs: 28_800_000,
  fileUrlLifetimeS: 60,
  webhookConnectTimeoutMs: 5000,
  webhookReadTimeoutMs: 5000,
  webhookSlowMs: 2500,
  webhookSwitchOffMs: 120_000,
  installationEffectDelayMs: 0,
  sampleStyle: 'new',
  surveyDialogFirst: false,
  closingJobIntervalMs: 25 * 60_000,
  accountConfigurationDown: false,
};
