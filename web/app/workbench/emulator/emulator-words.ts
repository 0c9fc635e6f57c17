import type {
  AgentActRequest,
  EmulatorFault,
  EmulatorPersona,
  FaultPreset,
} from '#protocol/emulator-controls';

/** What goes wrong, in plain words; all of it is about messages. */
export const FAULT_WORDS: Readonly<Record<FaultPreset, string>> = {
  'answer-lost': $localize`Sent, but its answer is lost`,
  'call-500': $localize`The cloud answers 500`,
  'call-429': $localize`The cloud answers 429: slow down`,
  'token-expired': $localize`The token has expired`,
  'webhook-lost': $localize`Its webhook is lost`,
  'webhook-delayed': $localize`Its webhook comes 5 seconds late`,
  'webhook-doubled': $localize`Its webhook comes twice`,
  'webhook-reordered': $localize`The next webhook overtakes its own`,
  'webhook-signature': $localize`Its webhook has a wrong signature`,
};

/** Of a rule that was asked for elsewhere only its own name is known. */
export const faultWords = ({ preset, on, kind }: EmulatorFault): string =>
  preset === null ? `${on}: ${kind}` : FAULT_WORDS[preset];

export const leftWords = ({ left }: EmulatorFault): string =>
  left === null ? $localize`until removed` : $localize`${left} more`;

/** How often a fault is to happen. */
export const COUNTS: readonly { readonly value: number | null; readonly words: string }[] = [
  { value: 1, words: $localize`Once` },
  { value: 3, words: $localize`3 times` },
  { value: 10, words: $localize`10 times` },
  { value: null, words: $localize`Until removed` },
];

export const PERSONA_WORDS: Readonly<Record<EmulatorPersona, string>> = {
  greeter: $localize`Understands help, order, image, survey`,
  echo: $localize`Repeats what is written`,
  order: $localize`Asks for an order`,
  image: $localize`Sends a picture`,
  survey: $localize`Ends with a survey`,
  slow: $localize`Takes its time`,
  human: $localize`Accepts, reads and types like a person`,
  silent: $localize`Nobody: only what you ask for here`,
};

/** Something that the agent does at the press of a button. */
export interface AgentButton {
  readonly words: string;
  readonly asked: AgentActRequest;
  /** What a screen reader hears when it is done. */
  readonly done: string;
}

export const AGENT_BUTTONS: readonly AgentButton[] = [
  { words: $localize`Join`, asked: { act: 'join' }, done: $localize`An agent joined` },
  {
    ...{ words: $localize`Type`, asked: { act: 'chat-state', chatState: 'COMPOSING' } },
    done: $localize`The agent types`,
  },
  {
    ...{ words: $localize`Stop typing`, asked: { act: 'chat-state', chatState: 'PAUSE' } },
    done: $localize`The agent types no more`,
  },
  {
    ...{ words: $localize`Accept`, asked: { act: 'receipt', status: 'ACCEPT' } },
    done: $localize`The agent accepted your messages`,
  },
  {
    ...{ words: $localize`Read`, asked: { act: 'receipt', status: 'READ' } },
    done: $localize`The agent read your messages`,
  },
  {
    ...{ words: $localize`Send a card`, asked: { act: 'structured' } },
    done: $localize`The agent sent a card`,
  },
  {
    ...{ words: $localize`Ask with replies`, asked: { act: 'quick-replies' } },
    done: $localize`The agent asked with quick replies`,
  },
  {
    ...{ words: $localize`Transfer to billing`, asked: { act: 'transfer' } },
    done: $localize`Transferred to billing`,
  },
  {
    ...{ words: $localize`Close with survey`, asked: { act: 'close' } },
    done: $localize`The agent closed; a survey may follow`,
  },
  {
    ...{ words: $localize`Close everything`, asked: { act: 'close-all' } },
    done: $localize`The agent closed everything`,
  },
];
