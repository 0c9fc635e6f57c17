import { readClick, readMetadata } from './element-click';
import {
  InvalidContent,
  leaveOut,
  MAX_DEPTH,
  MAX_ELEMENTS,
  type ElementNotes,
  type Place,
  type Reading,
  type SafeElement,
} from './content-reading';
import { readerOf } from './element-kinds';
import { fieldsOf, hasColours, isFields, safeStyle, textOf, type Fields } from './safe-values';

/** One element with all that is in it; `null` when it is left out. @throws InvalidContent */
export function readElement(raw: Fields, place: Place, reading: Reading): SafeElement | null {
  const type = textOf(raw['type'], 64);
  if (type === null) throw new InvalidContent($localize`${place.at} has no type`);
  reading.count += 1;
  const read = readerOf(type);
  if (read === null) return leaveOut(reading, $localize`elements of type “${type}”`);
  const members = read(raw, { place, reading, children: () => readElements(raw, place, reading) });
  const style = safeStyle(raw['style']);
  reading.hasColours ||= hasColours(style);
  const tag = textOf(raw['tag'], 64);
  const rtl = raw['rtl'] === true;
  const element: SafeElement = { style, rtl, tag, ...members, type: DRAWN_AS[type] ?? type };
  reading.notes.set(element, notesOf(raw));
  return element;
}

/** Kinds that the renderer does not know, drawn as others that it does. */
const DRAWN_AS: Readonly<Record<string, string | undefined>> = {
  linkPreview: 'button',
  keyValuePairList: 'text',
};

function notesOf(raw: Fields): ElementNotes {
  const click = raw['type'] === 'linkPreview' ? previewClick(raw) : readClick(raw['click']);
  return {
    click,
    hint: textOf(raw['tooltip'], 256),
    metadata: readMetadata(raw['metadata']),
    chooses: textOf(fieldsOf(raw['ref'])['name'], 200),
  };
}

const previewClick = ({ url, click }: Fields) =>
  readClick(click ?? { actions: [{ type: 'link', uri: url }] });

/** The members of a list that can be drawn, no more than the limits allow. */
function readElements(raw: Fields, place: Place, reading: Reading): readonly SafeElement[] {
  const { elements } = raw;
  if (!Array.isArray(elements)) throw new InvalidContent($localize`${place.at} has no list of elements`);
  if (place.depth >= MAX_DEPTH) {
    leaveOut(reading, $localize`elements nested too deep`, elements.length);
    return [];
  }
  const read: SafeElement[] = [];
  for (const [at, element] of elements.entries()) {
    if (reading.count >= MAX_ELEMENTS) {
      leaveOut(reading, $localize`elements beyond the first ${MAX_ELEMENTS}`, elements.length - at);
      break;
    }
    const inner = { at: `${place.at}.elements[${at}]`, depth: place.depth + 1 };
    if (!isFields(element)) throw new InvalidContent($localize`${inner.at} is no object`);
    const safe = readElement(element, inner, reading);
    if (safe !== null) read.push(safe);
  }
  return read;
}
