/** The lists of `capabilities.engagement`: members, rules and documented words. @see PROTOCOL.md §4.2.2 */
export const ENGAGEMENT_LISTS = {
  entryPoint: {
    member: 'entry_point',
    label: $localize`Entry points`,
    about: $localize`Where an engagement can show up.`,
    least: 1,
    most: 10,
    words: ['url', 'section'],
    defaults: ['url', 'section'],
  },
  visitorBehavior: {
    member: 'visitor_behavior',
    label: $localize`Visitor behaviour`,
    about: $localize`What visitors do before they are offered a conversation.`,
    least: 0,
    most: 10,
    words: [
      'visited_location',
      'time_on_location',
      'flow',
      'engaged_in_session',
      'about_to_abandon',
      'cart_value',
      'cart_items',
      'visitor_error',
      'viewed_products',
      'service_activity',
    ],
    defaults: [
      'visited_location',
      'time_on_location',
      'flow',
      'engaged_in_session',
      'about_to_abandon',
      'cart_value',
      'cart_items',
      'visitor_error',
      'viewed_products',
      'service_activity',
    ],
  },
  targetAudience: {
    member: 'target_audience',
    label: $localize`Target audience`,
    about: $localize`Who is offered a conversation.`,
    least: 0,
    most: 20,
    words: [
      'external_referral',
      'search_keywords',
      'ip',
      'platform',
      'geo_location',
      'returning_visitors',
      'marketing_source',
      'customer_type',
      'age',
      'balance',
      'customer_id',
      'gender',
      'store_zip_code',
      'store_number',
      'company_size',
      'registration_date',
    ],
    defaults: [
      'external_referral',
      'search_keywords',
      'ip',
      'platform',
      'geo_location',
      'returning_visitors',
      'marketing_source',
      'customer_type',
      'age',
      'balance',
      'customer_id',
      'gender',
      'store_zip_code',
      'store_number',
      'company_size',
      'registration_date',
    ],
  },
  goal: {
    member: 'goal',
    label: $localize`Goals`,
    about: $localize`What a conversation is meant to lead to.`,
    least: 0,
    most: 10,
    words: ['url', 'purchase_total', 'num_of_pages', 'lead', 'service_activity'],
    defaults: ['url', 'purchase_total', 'num_of_pages', 'lead', 'service_activity'],
  },
  consumerIdentity: {
    member: 'consumer_identity',
    label: $localize`Consumer identity`,
    about: $localize`Whether consumers are authenticated.`,
    least: 1,
    most: 5,
    words: ['auth', 'unauth'],
    defaults: ['auth'],
  },
} as const satisfies Readonly<Record<string, EngagementListRules>>;

export interface EngagementListRules {
  /** Member of `capabilities.engagement`. */
  readonly member: string;
  readonly label: string;
  readonly about: string;
  readonly least: number;
  readonly most: number;
  /** Words that the documentation names. */
  readonly words: readonly string[];
  readonly defaults: readonly string[];
}

export type EngagementList = keyof typeof ENGAGEMENT_LISTS;

export const ENGAGEMENT_LIST_NAMES = [
  'entryPoint',
  'visitorBehavior',
  'targetAudience',
  'goal',
  'consumerIdentity',
] as const satisfies readonly EngagementList[];

/** The switches of `capabilities.engagement`. @see PROTOCOL.md §4.2.2 */
export const ENGAGEMENT_SWITCHES = {
  designEngagement: { member: 'design_engagement', label: $localize`Engagements can be designed` },
  designWindow: { member: 'design_window', label: $localize`The conversation window can be designed` },
  languageSelection: { member: 'language_selection', label: $localize`The language can be chosen` },
} as const;

export type EngagementSwitch = keyof typeof ENGAGEMENT_SWITCHES;

export const ENGAGEMENT_SWITCH_NAMES = [
  'designEngagement',
  'designWindow',
  'languageSelection',
] as const satisfies readonly EngagementSwitch[];

/** What a new app tells the campaign designer. */
export const DEFAULT_ENGAGEMENT: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(ENGAGEMENT_SWITCH_NAMES.map((name) => [ENGAGEMENT_SWITCHES[name].member, false])),
  ...Object.fromEntries(
    ENGAGEMENT_LIST_NAMES.map((name) => [ENGAGEMENT_LISTS[name].member, ENGAGEMENT_LISTS[name].defaults]),
  ),
};
