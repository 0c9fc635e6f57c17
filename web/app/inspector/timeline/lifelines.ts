/** Who takes part, from left to right. */
export const LIFELINES = ['consumer', 'bridge', 'cloud', 'agent'] as const;

export type Lifeline = (typeof LIFELINES)[number];

/** Where the lifelines stand, in percent of the diagram's width; heads, lines and arrows all go by it. */
export const PLACES: Readonly<Record<Lifeline, number>> = { consumer: 12, bridge: 39, cloud: 65, agent: 92 };

export const LIFELINE_NAMES: Readonly<Record<Lifeline, string>> = {
  consumer: $localize`Consumer`,
  bridge: $localize`Bridge`,
  cloud: $localize`Connector API`,
  agent: $localize`Agent`,
};
