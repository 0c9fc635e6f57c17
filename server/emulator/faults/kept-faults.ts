import * as v from 'valibot';

import { faultRuleSchema } from './fault-rule.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is kept of the faults: the rules, and how far each has come in its count and its draws. */
export const keptFaultsSchema = v.object({
  /** How many rules there were in all: their ids are not used again. */
  added: count,
  /** The number of the last firing. */
  fired: count,
  rules: v.array(
    v.object({
      id: v.string(),
      rule: faultRuleSchema,
      matched: count,
      fired: count,
      /** How often was drawn per account and consumer: the seed's position. */
      turns: v.array(v.tuple([v.string(), count])),
    }),
  ),
});

export type KeptFaults = v.InferOutput<typeof keptFaultsSchema>;
