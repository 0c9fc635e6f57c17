import { schema, validate } from '@angular/forms/signals';

import type { ConversationOptions } from '#protocol/bridge-api';
import { CLIENT_FEATURES, URGENCIES, type ClientFeature, type Urgency } from '#protocol/connector/envelope';

import { objectListProblem, readObjectList } from '../object-list';

/** The options as a form has them: everything is a text or a tick. */
export interface OptionsDraft {
  readonly consumerName: string;
  /** Empty: a new consumer. */
  readonly externalId: string;
  readonly features: Readonly<Record<ClientFeature, boolean>>;
  readonly skillId: string;
  readonly campaignId: string;
  readonly engagementId: string;
  readonly urgency: Urgency | '';
  readonly language: string;
  readonly contextType: string;
  /** JSON of an array; empty for none. */
  readonly engagementAttributes: string;
}

/** Who opens the conversation. */
export interface ConsumerChoice {
  readonly name: string;
  readonly externalId: string;
}

/** Features that a survey needs to reach the consumer as a dialog of its own. @see PROTOCOL.md §6.1 */
export const SURVEY_FEATURES: readonly ClientFeature[] = ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'];

/** Those of them that are not chosen. */
export const missingForSurvey = (features: readonly ClientFeature[]): readonly ClientFeature[] =>
  SURVEY_FEATURES.filter((feature) => !features.includes(feature));

export function toDraft(consumer: ConsumerChoice, options: ConversationOptions): OptionsDraft {
  const { engagementAttributes: attributes, campaign } = options;
  return {
    consumerName: consumer.name,
    externalId: consumer.externalId,
    features: ticks((feature) => options.features.includes(feature)),
    skillId: options.skillId ?? '',
    campaignId: campaign?.campaignId ?? '',
    engagementId: campaign?.engagementId ?? '',
    urgency: options.urgency ?? '',
    language: options.language,
    contextType: options.contextType ?? '',
    engagementAttributes: attributes.length === 0 ? '' : JSON.stringify(attributes, null, 2),
  };
}

/** What a valid draft stands for. */
export function toOptions(draft: OptionsDraft): ConversationOptions {
  const campaignId = textOrNull(draft.campaignId);
  const engagementId = textOrNull(draft.engagementId);
  return {
    features: chosenFeatures(draft),
    skillId: textOrNull(draft.skillId),
    campaign: campaignId === null || engagementId === null ? null : { campaignId, engagementId },
    urgency: draft.urgency === '' ? null : draft.urgency,
    language: draft.language.trim(),
    contextType: textOrNull(draft.contextType),
    engagementAttributes: readObjectList(draft.engagementAttributes) ?? [],
  };
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export const chosenFeatures = ({ features }: OptionsDraft): readonly ClientFeature[] =>
  CLIENT_FEATURES.filter((feature) => features[feature]);

function ticks(isChosen: (feature: ClientFeature) => boolean): Record<ClientFeature, boolean> {
  return {
    AUTO_MESSAGES: isChosen('AUTO_MESSAGES'),
    RICH_CONTENT: isChosen('RICH_CONTENT'),
    QUICK_REPLIES: isChosen('QUICK_REPLIES'),
    MULTI_DIALOG: isChosen('MULTI_DIALOG'),
    CO_BROWSE: isChosen('CO_BROWSE'),
    CO_APP: isChosen('CO_APP'),
    PHOTO_SHARING: isChosen('PHOTO_SHARING'),
    SECURE_FORMS: isChosen('SECURE_FORMS'),
    FILE_SHARING: isChosen('FILE_SHARING'),
  };
}

const wrong = (message: string) => ({ kind: 'wrong', message });

/** The bridge's own rules, told before. */
export const optionsSchema = schema<OptionsDraft>((path) => {
  validate(path.consumerName, ({ value }) =>
    value().trim() === '' ? wrong($localize`Enter a name: the agent sees it.`) : null,
  );
  validate(path.consumerName, ({ value }) =>
    value().length > 80 ? wrong($localize`A name can have up to 80 characters.`) : null,
  );
  validate(path.externalId, ({ value }) =>
    value().length > 256 ? wrong($localize`A consumer id can have up to 256 characters.`) : null,
  );
  validate(path.skillId, ({ value }) =>
    /^(-?\d{1,10})?$/.test(value().trim())
      ? null
      : wrong($localize`Up to ten digits, nothing else; empty or -1 for any skill.`),
  );
  validate(path.campaignId, ({ value, valueOf }) => pairRule(value(), valueOf(path.engagementId)));
  validate(path.engagementId, ({ value, valueOf }) => pairRule(value(), valueOf(path.campaignId)));
  validate(path.language, ({ value }) =>
    isLanguage(value().trim())
      ? null
      : wrong($localize`This is not a language tag. Write, for example, en-US or de-DE.`),
  );
  validate(path.contextType, ({ value }) =>
    value().length > 64 ? wrong($localize`A context type can have up to 64 characters.`) : null,
  );
  validate(path.engagementAttributes, ({ value }) => {
    const problem = objectListProblem(value());
    return problem === null ? null : wrong(problem);
  });
});

function pairRule(own: string, other: string) {
  if (own.trim().length > 64) return wrong($localize`An id can have up to 64 characters.`);
  const isHalf = own.trim() === '' && other.trim() !== '';
  return isHalf ? wrong($localize`Campaign and engagement go together; leave both empty for none.`) : null;
}

function isLanguage(text: string): boolean {
  if (text === '') return true;
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    // Not a language tag.
    return false;
  }
}

/** The options in a few words each; those in code are the protocol's own names. */
export function optionsWords({
  features,
  skillId,
  campaign,
  urgency,
}: ConversationOptions): readonly OptionWords[] {
  const words = [
    ...(features.length === 0 ? [$localize`no features`] : []),
    skillId === null ? $localize`any skill` : $localize`skill ${skillId}`,
    campaign === null ? $localize`no campaign` : $localize`campaign ${campaign.campaignId}`,
    ...(urgency === null ? [] : [URGENCY_WORDS[urgency].toLowerCase()]),
  ];
  return [
    ...features.map((feature) => ({ words: feature, isCode: true })),
    ...words.map((each) => ({ words: each, isCode: false })),
  ];
}

export interface OptionWords {
  readonly words: string;
  readonly isCode: boolean;
}

const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  NORMAL: $localize`Normal`,
  URGENT: $localize`Urgent`,
  PRIORITIZED: $localize`Prioritized`,
};

/** For a select; the account decides when none is chosen. */
export const URGENCY_CHOICES: readonly { readonly value: Urgency | ''; readonly words: string }[] = [
  { value: '', words: $localize`Account default` },
  ...URGENCIES.map((value) => ({ value, words: URGENCY_WORDS[value] })),
];
