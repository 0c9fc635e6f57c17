import { InvalidContent, leaveOut, type Place, type Reading, type SafeElement } from './content-reading';
import { safePicture } from './safe-addresses';
import { asMarkup, clamped, fieldsOf, finiteOf, oneOf, textOf, type Fields } from './safe-values';

/** What a kind is read with. */
export interface KindReading {
  readonly place: Place;
  readonly reading: Reading;
  /** Reads the elements in it. */
  readonly children: () => readonly SafeElement[];
}

type ReadKind = (raw: Fields, inner: KindReading) => Readonly<Record<string, unknown>>;

/** How a kind is read; `null` for kinds that are left out. */
export const readerOf = (type: string): ReadKind | null =>
  Object.hasOwn(READERS, type) ? (READERS[type] ?? null) : null;

/** @see PROTOCOL.md §12.2 */
const READERS: Readonly<Record<string, ReadKind | undefined>> = {
  text: ({ text }, { place }) => ({ text: markupOf(text, place, 'text', 5000) }),
  button: (raw, { place }) => ({
    title: markupOf(raw['title'], place, 'title', 128),
    subtitle: asMarkup(textOf(raw['subtitle'], 128) ?? ''),
    class: oneOf(raw['class'], ['button', 'text']) ?? 'text',
  }),
  submitButton: ({ title, disabled }, { place }) => ({
    // Becomes a value, not markup.
    title: required(title, place, 'title', 128).replaceAll(/\s+/g, ' '),
    disabled: disabled === true,
  }),
  image: readImage,
  map: ({ la, lo, tooltip }, { place: { at } }) => {
    if (finiteOf(la) === null || finiteOf(lo) === null)
      throw new InvalidContent($localize`${at} lacks la or lo`);
    return { la, lo, tooltip: textOf(tooltip, 256) ?? $localize`Map of ${finiteOf(la)}, ${finiteOf(lo)}` };
  },
  linkPreview: ({ title, url }, { place }) => ({
    title: asMarkup(textOf(title, 128) ?? required(url, place, 'url', 2048)),
    subtitle: '',
    class: 'text',
  }),
  keyValuePairList: ({ elements }, { place: { at } }) => {
    if (!Array.isArray(elements)) throw new InvalidContent($localize`${at} has no list of elements`);
    const lines = elements.slice(0, 50).map((pair) => {
      const { key, value } = fieldsOf(pair);
      return `${textOf(key, 128) ?? ''}: ${textOf(value, 2048) ?? ''}`;
    });
    return { text: asMarkup(lines.join('\n')) };
  },
  vertical: (raw, inner) => ({
    ...layout(raw, inner),
    border: oneOf(raw['border'], ['border', 'borderLess', 'dropShadow']),
    scroll: oneOf(raw['scroll'], ['enable']),
  }),
  horizontal: (raw, inner) => ({
    ...layout(raw, inner),
    border: oneOf(raw['border'], ['border', 'borderLess', 'dropShadow']),
    percentages: percentagesOf(raw['percentages']),
  }),
  carousel: cards,
  carouselSelect: (raw, inner) => ({
    ...cards(raw, inner),
    selectMode: {
      ...selectMode(raw, inner.place),
      type: oneOf(fieldsOf(raw['selectMode'])['type'], ['single', 'multiple']),
    },
  }),
  accordionSelect: readAccordion,
  // The colours of tabs are ours: theirs would hide which one is open.
  tabs: (raw, inner) => ({ ...cards(raw, inner), style: {} }),
  list: layout,
  sectionList: layout,
  section: layout,
  checklist: layout,
  buttonList: layout,
  checkbox: ({ text, borderLine }, { place }) => ({
    text: markupOf(text, place, 'text', 5000),
    borderLine: borderLine === true,
  }),
};

function layout(raw: Fields, { children }: KindReading) {
  return { elements: children(), padding: clamped(raw['padding'], 0, 10) ?? 0 };
}

function cards(raw: Fields, inner: KindReading) {
  const members = layout(raw, inner);
  if (members.elements.length === 0)
    throw new InvalidContent($localize`${inner.place.at} has no card that can be shown`);
  return members;
}

function selectMode(raw: Fields, place: Place) {
  return { name: required(fieldsOf(raw['selectMode'])['name'], place, 'selectMode.name', 200) };
}

function readAccordion(raw: Fields, inner: KindReading) {
  const { elements } = cards(raw, inner);
  const titles: readonly unknown[] = Array.isArray(raw['titles']) ? raw['titles'] : [];
  return {
    elements,
    selectMode: selectMode(raw, inner.place),
    // The renderer needs one for each.
    titles: elements.map((_element, at) => {
      const { name, additional } = fieldsOf(titles[at]);
      return {
        name: textOf(name, 200) ?? $localize`Part ${at + 1}`,
        additional: textOf(additional, 200) ?? '',
      };
    }),
  };
}

/** A picture whose address is not drawn leaves its words behind. */
function readImage(raw: Fields, { place, reading }: KindReading) {
  required(raw['url'], place, 'url', Number.MAX_SAFE_INTEGER);
  const url = safePicture(raw['url']);
  const alt = textOf(raw['alt'], 2000) ?? textOf(raw['tooltip'], 256) ?? '';
  const caption = asMarkup(textOf(raw['caption'], 128) ?? '');
  if (url === null) leaveOut(reading, $localize`images whose address is not https`);
  return { url: url ?? '', alt, caption, isBlocked: url === null };
}

function percentagesOf(value: unknown): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  return value.slice(0, 50).map((percentage) => clamped(percentage, 0, 100) ?? 0);
}

function required(value: unknown, { at }: Place, name: string, maxLength: number): string {
  const text = textOf(value, maxLength);
  if (text === null) throw new InvalidContent($localize`${at} has no ${name}`);
  return text;
}

const markupOf = (value: unknown, place: Place, name: string, maxLength: number): string =>
  asMarkup(required(value, place, name, maxLength));
