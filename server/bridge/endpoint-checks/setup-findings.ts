import type { SetupFinding } from '#protocol/endpoint-check';

/** What is known of account and app besides the endpoints. */
export interface SetupFacts {
  readonly isAppEnabled: boolean;
  /** `null`: not known. */
  readonly isMessagingEnabled: boolean | null;
  readonly secret: 'known' | 'renewed' | 'missing';
  /** When the app was changed here last; `null`: not since the start. */
  readonly changedAt: number | null;
  readonly now: number;
  /** How long a change may take to have an effect. */
  readonly effectMs: number;
}

/** Everything about the set-up as a whole that keeps notifications away, or may. */
export function setupFindings(facts: SetupFacts): readonly SetupFinding[] {
  const findings: SetupFinding[] = [];
  if (!facts.isAppEnabled) findings.push({ kind: 'app-disabled' });
  if (facts.isMessagingEnabled === false) findings.push({ kind: 'messaging-off' });
  if (facts.isMessagingEnabled === null) findings.push({ kind: 'messaging-unknown' });
  if (facts.secret !== 'known') findings.push({ kind: `secret-${facts.secret}` });
  const { changedAt, now, effectMs } = facts;
  if (changedAt !== null && now < changedAt + effectMs) {
    findings.push({ kind: 'change-pending', changedAt, inEffectAt: changedAt + effectMs });
  }
  return findings;
}
