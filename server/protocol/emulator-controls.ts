import type { AcceptStatus, ChatState } from './connector/events.ts';

/** What can be made to go wrong, each under a name of its own. Every one is about messages, not about receipts or states. */
export const FAULT_PRESETS = [
  'answer-lost',
  'call-500',
  'call-429',
  'token-expired',
  'webhook-lost',
  'webhook-delayed',
  'webhook-doubled',
  'webhook-reordered',
  'webhook-signature',
] as const;

export type FaultPreset = (typeof FAULT_PRESETS)[number];

/** A fault that is in force in the emulator. */
export interface EmulatorFault {
  readonly id: string;
  /** `null`: it was asked for elsewhere, with a rule of its own. */
  readonly preset: FaultPreset | null;
  readonly on: 'call' | 'webhook';
  readonly kind: string;
  /** How often it will still happen; `null`: until it is removed. */
  readonly left: number | null;
}

/** `GET /api/emulator/faults`: those that can still happen to the account. */
export interface EmulatorFaults {
  readonly faults: readonly EmulatorFault[];
}

/** `POST /api/emulator/faults`. */
export interface AddFaultRequest {
  readonly preset: FaultPreset;
  /** `null`: until it is removed. */
  readonly count: number | null;
}

/** Why a webhook got no status from its endpoint. */
export const DELIVERY_FAILURES = [
  'refused',
  'not-found',
  'no-connection',
  'no-answer',
  'broken-off',
  'switched-off',
  'elsewhere',
  'unwanted',
  'no-room',
  'certificate',
  'no-tls',
] as const;

export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** What came of one try: taken; given up; to be tried again; too old for its app; wanted by nobody any more. */
export const DELIVERY_OUTCOMES = ['delivered', 'lost', 'failed', 'expired', 'unwanted'] as const;

/** One try of the emulator to deliver a webhook. Times are those of the emulator's clock. */
export interface EmulatorDelivery {
  /** Names it, and no other, also when the emulator has begun anew. */
  readonly id: string;
  readonly at: number;
  /** Whose webhook it is; its key stands for the name of one that is installed no more. */
  readonly app: { readonly id: string; readonly name: string };
  readonly eventType: string;
  /** `null`: there was none to call. */
  readonly endpoint: string | null;
  /** 1 for the first; `null`: it was redelivered, or this was no try, only the end of it. */
  readonly attempt: number | null;
  /** Which redelivery of the webhook that somebody asked for, 1 for the first; `null`: it was the emulator's own try. */
  readonly redelivery: number | null;
  /** Of the emulator's own try: which redelivery of its webhook was the first to be taken, and when; `null`: none was. */
  readonly redelivered: { readonly redelivery: number; readonly at: number } | null;
  readonly outcome: (typeof DELIVERY_OUTCOMES)[number];
  /** The endpoint's status; `null`: it gave none. */
  readonly status: number | null;
  readonly reason: DeliveryFailure | null;
  readonly durationMs: number;
  /** When it is tried again at the earliest; `null`: never, or it was already. */
  readonly nextAt: number | null;
  /** Whether a later try of the same webhook is known. */
  readonly isTriedAgain: boolean;
  /** Whether the webhook was given up since, e.g. because it became too old. */
  readonly isGivenUp: boolean;
  /** Whether the webhook's body is still kept, so that it can be redelivered. */
  readonly isKept: boolean;
}

/** What is wrong with an endpoint: it is called no more; it did not take what came last; it takes long. */
export type EndpointTrouble = 'switched-off' | 'failing' | 'slow';

/** An endpoint that needs to be looked after, and what came of the last try. */
export interface EmulatorEndpoint {
  readonly endpoint: string;
  readonly trouble: EndpointTrouble;
  readonly status: number | null;
  readonly reason: DeliveryFailure | null;
}

/** How the webhooks of a connector app stand at the emulator. */
export interface EmulatorApp {
  readonly name: string;
  readonly id: string;
  /** It takes nothing: what is for it waits until it does. */
  readonly isFailing: boolean;
  /** When a failing app is asked again; `null`: with the next webhook. */
  readonly nextAt: number | null;
  readonly waiting: number;
  /** Only those in trouble, each once. */
  readonly endpoints: readonly EmulatorEndpoint[];
}

/** `GET /api/emulator/deliveries`: the latest tries of the account's webhooks, newest first, and the apps in trouble. */
export interface EmulatorDeliveries {
  readonly deliveries: readonly EmulatorDelivery[];
  readonly apps: readonly EmulatorApp[];
}

/** How many tries are told at most. */
export const MOST_DELIVERIES = 50;

/** `GET /api/emulator/settings`, and `PUT` to change them: how the emulator's account is set. */
export interface EmulatorSettings {
  /** Whether a survey may follow when a conversation's main dialog ends. @see PROTOCOL.md §11.3 */
  readonly hasSurvey: boolean;
}

/** `GET /api/emulator/conversations/{id}/agent`: who answers there now. */
export interface EmulatorAgent {
  readonly persona: EmulatorPersona;
}

/** Who can answer in a conversation of the emulator. */
export const EMULATOR_PERSONAS = [
  'greeter',
  'echo',
  'order',
  'image',
  'survey',
  'slow',
  'human',
  'silent',
] as const;

export type EmulatorPersona = (typeof EMULATOR_PERSONAS)[number];

/** What the agent of the emulator does when it is asked. */
export const AGENT_ACTS = ['join', 'transfer', 'structured', 'quick-replies', 'close', 'close-all'] as const;

/** `POST /api/emulator/conversations/{id}/agent`: one thing that the agent is to do. */
export type AgentActRequest =
  | { readonly act: (typeof AGENT_ACTS)[number] }
  | { readonly act: 'say'; readonly text: string }
  | { readonly act: 'chat-state'; readonly chatState: ChatState }
  | { readonly act: 'receipt'; readonly status: Extract<AcceptStatus, 'ACCEPT' | 'READ'> }
  | { readonly act: 'persona'; readonly persona: EmulatorPersona };
