/** How long a scripted agent takes for what a person needs time for, in milliseconds. */
export interface AgentPace {
  /** Until the agent takes a waiting conversation. */
  readonly joinMs: number;
  /** Until a message has reached the agent's screen. */
  readonly acceptMs: number;
  /** Until the agent has read it. */
  readonly readMs: number;
  /** How long the agent types. */
  readonly typeMs: number;
}

/** Quick enough to show, slow enough to be followed. */
export const HUMAN_PACE: AgentPace = { joinMs: 400, acceptMs: 150, readMs: 300, typeMs: 900 };
/** Everything at once, in the same order. */
export const INSTANT_PACE: AgentPace = { joinMs: 0, acceptMs: 0, readMs: 0, typeMs: 0 };
