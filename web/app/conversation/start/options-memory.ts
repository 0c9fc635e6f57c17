import { DEFAULT_CONVERSATION_OPTIONS, type ConversationOptions } from '#protocol/bridge-api';
import { CLIENT_FEATURES, URGENCIES } from '#protocol/connector/envelope';

/** Options under a name. */
export interface OptionsPreset {
  readonly name: string;
  readonly options: ConversationOptions;
}

/** What is remembered for one app. */
export interface RememberedOptions {
  readonly last: ConversationOptions;
  readonly presets: readonly OptionsPreset[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what an earlier page, or an earlier version, has kept; what does not fit falls back to the default. */
export function readRemembered(stored: string | null): RememberedOptions {
  const value = parse(stored);
  if (!isRecord(value)) return { last: DEFAULT_CONVERSATION_OPTIONS, presets: [] };
  const presets: readonly unknown[] = Array.isArray(value['presets']) ? value['presets'] : [];
  return {
    last: readOptions(value['last']),
    presets: presets
      .filter(isRecord)
      .flatMap(({ name, options }) =>
        typeof name === 'string' ? [{ name, options: readOptions(options) }] : [],
      ),
  };
}

function parse(stored: string | null): unknown {
  try {
    return JSON.parse(stored ?? 'null');
  } catch {
    // Unreadable is as good as nothing.
    return null;
  }
}

function readOptions(value: unknown): ConversationOptions {
  const from = isRecord(value) ? value : {};
  const fallback = DEFAULT_CONVERSATION_OPTIONS;
  const { features, campaign, engagementAttributes: attributes, language } = from;
  return {
    features: Array.isArray(features)
      ? CLIENT_FEATURES.filter((feature) => features.includes(feature))
      : fallback.features,
    skillId: textOr(from['skillId'], null),
    campaign: readCampaign(campaign),
    urgency: URGENCIES.find((urgency) => urgency === from['urgency']) ?? null,
    language: typeof language === 'string' ? language : fallback.language,
    contextType: 'contextType' in from ? textOr(from['contextType'], null) : fallback.contextType,
    engagementAttributes: Array.isArray(attributes) ? attributes.filter(isRecord) : [],
  };
}

function readCampaign(campaign: unknown): ConversationOptions['campaign'] {
  if (!isRecord(campaign)) return null;
  const { campaignId, engagementId } = campaign;
  return typeof campaignId === 'string' && typeof engagementId === 'string'
    ? { campaignId, engagementId }
    : null;
}

const textOr = <Other>(value: unknown, other: Other): string | Other =>
  typeof value === 'string' ? value : other;
