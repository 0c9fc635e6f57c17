import * as v from 'valibot';

import { quickRepliesSchema, richContentSchema } from './rich-content-schema.ts';

const TEXT = { type: 'text', text: 'Hi' };
const vertical = (...elements: unknown[]): object => ({ type: 'vertical', elements });
const carousel = (cards: number, more: object = {}): object => ({
  type: 'carousel',
  elements: Array.from({ length: cards }, () => vertical(TEXT)),
  ...more,
});
const button = (actions: readonly unknown[]): object => ({
  type: 'button',
  title: 'Buy',
  click: { actions },
});
const PUBLISH = { type: 'publishText', text: 'yep' };
const reply = (more: object = {}): object => ({
  type: 'button',
  title: 'Yes',
  click: { actions: [PUBLISH] },
  ...more,
});
const replies = (list: readonly unknown[], more: object = {}): object => ({
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: list,
  ...more,
});
const x = (length: number): string => 'x'.repeat(length);

type Row = readonly [what: string, content: unknown];

/** The documented card, word by word. */
const CARD = vertical(
  {
    type: 'image',
    url: 'https://cdn.example.com/p.jpg',
    tooltip: 'image tooltip',
    click: {
      actions: [{ type: 'navigate', name: 'Navigate to store via image', lo: -73.9985259, la: 40.7562724 }],
    },
  },
  { type: 'text', text: 'Product Name', tooltip: 'text tooltip', style: { bold: true, size: 'large' } },
  {
    type: 'button',
    tooltip: 'button tooltip',
    title: 'Add to cart',
    click: {
      actions: [{ type: 'link', name: 'Add to cart', uri: 'https://www.example.com' }],
      metadata: [{ type: 'ExternalId', id: 'ABC-1' }],
    },
  },
);

describe('Structured content (§12.2, §12.3)', () => {
  const good: readonly Row[] = [
    ['the documented card', CARD],
    ['a carousel of ten', carousel(10, { padding: 10 })],
    ['256 elements', vertical(...Array.from({ length: 256 }, () => TEXT))],
    ['a text of 5000 characters', { type: 'text', text: x(5000) }],
    ['a map', { type: 'map', la: 1, lo: 2, tooltip: x(256) }],
    ['elements beside each other', { type: 'horizontal', percentages: [30, 70], elements: [TEXT, TEXT] }],
    ['newer elements, known by name', { type: 'list', elements: [{ type: 'sectionList' }] }],
    ['newer actions, known by name', button([{ type: 'datePicker', class: 'x' }])],
    ['members that are not known', { ...TEXT, somethingNew: 1 }],
  ];
  for (const [what, content] of good) {
    it(`takes ${what}`, () => expect(v.is(richContentSchema, content)).toBe(true));
  }

  const bad: readonly Row[] = [
    ['an element of no known type', vertical({ type: 'buton', title: 'x' })],
    ['an element without type', { text: 'x' }],
    ['a list of elements that is none', { type: 'vertical', elements: TEXT }],
    ['257 elements', vertical(...Array.from({ length: 257 }, () => TEXT))],
    ['a carousel of one', carousel(1)],
    ['a carousel of eleven', carousel(11)],
    ['a carousel padded by eleven', carousel(2, { padding: 11 })],
    ['a text without words', { type: 'text' }],
    ['a text of 5001 characters', { type: 'text', text: x(5001) }],
    ['a title of 129 characters', { type: 'button', title: x(129) }],
    ['a tooltip of 257 characters', { ...TEXT, tooltip: x(257) }],
    ['an image over plain HTTP', { type: 'image', url: 'http://example.com/p.jpg' }],
    ['a map without place', { type: 'map', la: 1 }],
    ['an action of no known type', button([{ type: 'jump' }])],
    ['a link that leads nowhere', button([{ type: 'link' }])],
    ['five actions', button([PUBLISH, PUBLISH, PUBLISH, PUBLISH, PUBLISH])],
    ['something wrong deep inside', vertical(vertical(vertical({ type: 'text', text: 7 })))],
    ['the name of a member of all objects', { type: 'constructor' }],
  ];
  for (const [what, content] of bad) {
    it(`refuses ${what}`, () => expect(v.is(richContentSchema, content)).toBe(false));
  }
});

describe('Quick replies (§12.3)', () => {
  const metadata = [{ type: 'ExternalId', id: 'Yes-1234' }];
  const good: readonly Row[] = [
    ['the documented ones', replies([reply({ tooltip: 'Yes!', click: { actions: [PUBLISH], metadata } })])],
    ['24 of them', replies(Array.from({ length: 24 }, () => reply()))],
    ['a title of 25 characters', replies([reply({ title: x(25) })])],
  ];
  for (const [what, content] of good) {
    it(`take ${what}`, () => expect(v.is(quickRepliesSchema, content)).toBe(true));
  }

  const bad: readonly Row[] = [
    ['25 of them', replies(Array.from({ length: 25 }, () => reply()))],
    ['a title of 26 characters', replies([reply({ title: x(26) })])],
    ['nine in a row', replies([reply()], { itemsPerRow: 9 })],
    [
      'a reply that is a link',
      replies([reply({ click: { actions: [{ type: 'link', uri: 'https://a.b' }] } })]),
    ],
    ['a reply that does nothing', replies([reply({ click: { actions: [] } })])],
    ['a reply that is a text', replies([TEXT])],
    ['another type', { ...replies([reply()]), type: 'replies' }],
  ];
  for (const [what, content] of bad) {
    it(`refuse ${what}`, () => expect(v.is(quickRepliesSchema, content)).toBe(false));
  }
});
