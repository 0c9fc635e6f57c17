import * as v from 'valibot';

const whole = (least: number, most: number) =>
  v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));
const TWO_DAYS_MS = 172_800_000;

/** Some of the settings, as people write them and as they are kept. */
export const settingsSchema = v.strictObject({
  signature: v.exactOptional(
    v.strictObject({ algorithm: v.picklist(['sha1', 'sha256']), encoding: v.picklist(['base64', 'hex']) }),
  ),
  sampleStyle: v.exactOptional(v.picklist(['new', 'old'])),
  appTokenLifetimeS: whole(1, 31_536_000),
  agentSessionTtlMs: whole(1000, 31_536_000_000),
  fileUrlLifetimeS: whole(1, 86_400),
  webhookConnectTimeoutMs: whole(1, TWO_DAYS_MS),
  webhookReadTimeoutMs: whole(1, TWO_DAYS_MS),
  webhookSlowMs: whole(1, TWO_DAYS_MS),
  webhookSwitchOffMs: v.exactOptional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  installationEffectDelayMs: whole(0, TWO_DAYS_MS),
  surveyDialogFirst: v.exactOptional(v.boolean()),
  closingJobIntervalMs: whole(1000, 31_536_000_000),
  accountConfigurationDown: v.exactOptional(v.boolean()),
});
