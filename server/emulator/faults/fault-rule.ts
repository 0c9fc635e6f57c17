import * as v from 'valibot';

/** Longest delay that a rule may ask for. */
const LONGEST_MS = 600_000;

const ms = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_MS));
const status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** Which of the occasions count; what is left out fits all. */
const callMatchSchema = v.strictObject({
  /** Name in the service directory; `csds` for the directory itself. */
  service: v.exactOptional(word),
  method: v.exactOptional(word),
  /** Whole path without query; `*` stands for anything. */
  path: v.exactOptional(word),
  /** `type` of a request of the Connector API, e.g. `ms.PublishEvent`. */
  requestType: v.exactOptional(word),
  /** Type of the event that is published, e.g. `ContentEvent`. */
  eventType: v.exactOptional(word),
  account: v.exactOptional(word),
  app: v.exactOptional(word),
  conversation: v.exactOptional(word),
});

const webhookMatchSchema = v.strictObject({
  /** As in `capabilities.webhooks`, or only its last part: `ContentEvent`. */
  eventType: v.exactOptional(word),
  account: v.exactOptional(word),
  app: v.exactOptional(word),
  conversation: v.exactOptional(word),
  /** 1: first tries only; 2: first repetitions; … */
  attempt: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

const frequency = {
  /** Of the occasions that match, 0 to 1. */
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  /** Fires at most so often; `null`: without end. */
  count: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
  /** Lets so many matching occasions pass before. */
  skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** The same seed chooses the same occasions. */
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 1),
};

/** Whether the call does its work although its answer is lost. */
const isCarriedOut = v.optional(v.boolean(), false);
const onCall = { ...frequency, on: v.literal('call'), match: v.optional(callMatchSchema, {}) };
const onWebhook = { ...frequency, on: v.literal('webhook'), match: v.optional(webhookMatchSchema, {}) };

const callRuleSchema = v.variant('kind', [
  v.strictObject({ ...onCall, kind: v.literal('delay'), ms }),
  v.strictObject({ ...onCall, kind: v.literal('drop'), isCarriedOut }),
  v.strictObject({ ...onCall, kind: v.literal('corrupt-body') }),
  v.strictObject({
    ...onCall,
    kind: v.literal('status'),
    status,
    body: v.exactOptional(v.unknown()),
    headers: v.exactOptional(v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+$/)), v.string())),
    isCarriedOut,
  }),
  v.strictObject({ ...onCall, kind: v.literal('reset'), isCarriedOut }),
  v.strictObject({ ...onCall, kind: v.literal('slow-body'), ms }),
  v.strictObject({ ...onCall, kind: v.literal('expired-token') }),
]);

const webhookRuleSchema = v.variant('kind', [
  v.strictObject({ ...onWebhook, kind: v.literal('delay'), ms }),
  v.strictObject({ ...onWebhook, kind: v.literal('drop') }),
  v.strictObject({
    ...onWebhook,
    kind: v.literal('duplicate'),
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10)), 2),
  }),
  v.strictObject({
    ...onWebhook,
    kind: v.literal('reorder'),
    /** How long to wait for a webhook that could overtake. */
    ms: v.optional(ms, 5000),
  }),
  v.strictObject({
    ...onWebhook,
    kind: v.literal('corrupt-body'),
    /** What is signed: the original, as when bytes change on their way, or what is sent. */
    signed: v.optional(v.picklist(['original', 'corrupted']), 'original'),
  }),
  v.strictObject({ ...onWebhook, kind: v.literal('wrong-signature') }),
  v.strictObject({ ...onWebhook, kind: v.literal('missing-signature') }),
  v.strictObject({ ...onWebhook, kind: v.literal('status'), status }),
  v.strictObject({ ...onWebhook, kind: v.literal('reset') }),
  v.strictObject({ ...onWebhook, kind: v.literal('slow-body'), ms }),
]);

/** A rule, its defaults filled in. */
export const faultRuleSchema = v.variant('on', [callRuleSchema, webhookRuleSchema]);

export type CallRule = v.InferOutput<typeof callRuleSchema>;
export type WebhookRule = v.InferOutput<typeof webhookRuleSchema>;
/** What goes wrong, when and how often. */
export type FaultRule = CallRule | WebhookRule;
export type FaultKind = FaultRule['kind'];

export type RuleReading = { readonly rule: FaultRule } | { readonly problem: string };

/** The rule that the value describes, its defaults filled in, or what is wrong with it. */
export function readFaultRule(value: unknown): RuleReading {
  const on = v.safeParse(v.object({ on: v.picklist(['call', 'webhook']) }), value);
  if (!on.success) return { problem: 'on: must be "call" or "webhook"' };
  const schema = on.output.on === 'call' ? callRuleSchema : webhookRuleSchema;
  const rule = v.safeParse(schema, value);
  if (rule.success) return { rule: rule.output };
  const [issue] = rule.issues;
  return { problem: `${v.getDotPath(issue) ?? 'The rule'}: ${issue.message}` };
}
