import * as v from 'valibot';

import { jsonObject } from '../json-object.ts';

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const optionalText = (most: number) => v.exactOptional(text(most));
const list = <const Schema extends v.GenericSchema>(schema: Schema, least: number, most: number) =>
  v.pipe(v.array(schema), v.minLength(least), v.maxLength(most));

/** Where sources disagree about lengths, the longer is taken. @see PROTOCOL.md §12.3, §14.1 #21 */
const ACTIONS = {
  publishText: jsonObject({ type: v.string(), text: text(5000) }),
  link: jsonObject({ type: v.string(), uri: text(2048) }),
  navigate: jsonObject({ type: v.string(), la: v.number(), lo: v.number() }),
} as const;

/** Known by name only: their members are not looked at. @see PROTOCOL.md §12.3 */
const OTHER_ACTIONS = ['addToCart', 'custom', 'datePicker', 'checked', 'submitAsText'];

const action = v.lazy((value) => schemaOf(value, ACTIONS, OTHER_ACTIONS));

const clickSchema = jsonObject({
  actions: v.exactOptional(list(action, 0, 4)),
  metadata: v.exactOptional(v.array(jsonObject({ type: v.string() }))),
});

/** What every element may have. @see PROTOCOL.md §12.2 */
const COMMON = {
  type: v.string(),
  tooltip: optionalText(256),
  tag: optionalText(64),
  alt: optionalText(2000),
  rtl: v.exactOptional(v.boolean()),
  style: v.exactOptional(jsonObject({})),
  click: v.exactOptional(clickSchema),
};

const element: v.GenericSchema = v.lazy((value) => schemaOf(value, ELEMENTS, OTHER_ELEMENTS));

const https = v.pipe(text(2048), v.startsWith('https://'));

/** @see PROTOCOL.md §12.2 */
const ELEMENTS = {
  vertical: jsonObject({ ...COMMON, elements: list(element, 0, 256) }),
  horizontal: jsonObject({
    ...COMMON,
    elements: list(element, 0, 256),
    percentages: v.exactOptional(v.array(v.number())),
  }),
  carousel: jsonObject({
    ...COMMON,
    elements: list(element, 2, 10),
    padding: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(10))),
  }),
  text: jsonObject({ ...COMMON, text: text(5000) }),
  button: jsonObject({ ...COMMON, title: text(128) }),
  image: jsonObject({ ...COMMON, url: https, caption: optionalText(128) }),
  map: jsonObject({ ...COMMON, la: v.number(), lo: v.number() }),
} as const;

/** Newer ones, known by name only: what is in them is not looked at. @see PROTOCOL.md §12.2 */
const OTHER_ELEMENTS = [
  'linkPreview',
  'template',
  'list',
  'tabs',
  'carouselSelect',
  'accordionSelect',
  'checklist',
  'keyValuePairList',
  'buttonList',
];

const anything = jsonObject({ type: v.string() });
const nothing = v.pipe(
  anything,
  v.check(() => false, 'is of no known type'),
);

/** The schema for a value by its `type`; one that nothing fits when the type is unknown. */
function schemaOf(
  value: unknown,
  known: Readonly<Record<string, v.GenericSchema>>,
  others: readonly string[],
): v.GenericSchema {
  const typed = v.safeParse(anything, value);
  if (!typed.success) return nothing;
  const { type } = typed.output;
  if (Object.hasOwn(known, type)) return known[type] ?? nothing;
  return others.includes(type) ? anything : nothing;
}

/** Structured content: one root element. @see PROTOCOL.md §12 */
export const richContentSchema: v.GenericSchema = element;

/** Only text buttons that publish a text. @see PROTOCOL.md §12.3 */
const quickReplySchema = jsonObject({
  ...COMMON,
  type: v.literal('button'),
  title: text(25),
  click: jsonObject({
    actions: list(jsonObject({ type: v.literal('publishText'), text: text(5000) }), 1, 4),
    metadata: v.exactOptional(v.array(jsonObject({ type: v.string() }))),
  }),
});

/** @see PROTOCOL.md §12.3 */
export const quickRepliesSchema = jsonObject({
  type: v.literal('quickReplies'),
  itemsPerRow: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))),
  replies: list(quickReplySchema, 0, 24),
});
