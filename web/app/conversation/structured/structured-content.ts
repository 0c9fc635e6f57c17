import type { ElementRef } from '@angular/core';
import {
  Component,
  ViewEncapsulation,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';

import type { Metadata } from '#protocol/connector/events';

import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { JsonView } from '../../ui/json-view';
import type { Message } from '../message';
import { showCardOf } from './carousel';
import { ContentUses } from './content-uses';
import { drawContent, type Box, type DrawnContent, type Pressable } from './draw-content';
import { metadataKey } from './element-click';
import { readPress } from './read-press';
import { readContent, type ContentReading } from './safe-content';

/** Words about what is left out; a hostile message could have hundreds. */
const MAX_WORDS = 6;

/**
 * Structured content, drawn by the vendor's renderer from what passed our allow-list. Comes with the first rich message,
 * together with the renderer, and is no part of what every page loads.
 */
@Component({
  selector: 'app-structured-content',
  imports: [FailureNote, Icon, JsonView],
  templateUrl: './structured-content.html',
  styleUrls: ['./structured-content.scss', './structured-parts.scss'],
  // The renderer's elements are no elements of the template: plain class names reach them.
  encapsulation: ViewEncapsulation.None,
})
export class StructuredContent {
  private readonly uses = inject(ContentUses);

  readonly message = input.required<Message>();

  private readonly paper = viewChild<ElementRef<HTMLElement>>('paper');

  protected readonly raw = computed(() => {
    const { content } = this.message();
    return content.kind === 'structured' ? content.content : null;
  });
  private readonly reading = computed<ContentReading>(() => readContent(this.raw()));
  protected readonly invalid = computed(() => {
    const reading = this.reading();
    return reading.kind === 'invalid' ? reading.reason : null;
  });
  protected readonly hasColours = computed(() => {
    const reading = this.reading();
    return reading.kind === 'content' && reading.hasColours;
  });
  protected readonly leftOut = computed(() => {
    const reading = this.reading();
    const words = reading.kind === 'content' ? reading.leftOut : [];
    return shorten(words);
  });
  protected readonly unopened = computed(() => {
    const reading = this.reading();
    return shorten(reading.kind === 'content' ? reading.unopened.map((scheme) => `${scheme}:`) : []);
  });
  protected readonly isJsonOpen = signal(false);
  protected readonly hint = signal('');
  protected readonly failure = computed(() => this.uses.failureOf(this.message()));

  private readonly drawn = signal<DrawnContent | null>(null);
  /** What was drawn and has shown already where it was used: from then on it stays where the person has it. */
  private placed: DrawnContent | null = null;

  constructor() {
    effect(() => {
      const paper = this.paper()?.nativeElement;
      const reading = this.reading();
      if (paper === undefined || reading.kind === 'invalid') return;
      const drawn = drawContent(reading.root, reading.notes, (pressable) => this.press(pressable));
      paper.replaceChildren(drawn.fragment);
      this.drawn.set(drawn);
    });
    effect(() => this.showUses());
  }

  protected toggleJson(event: Event): void {
    this.isJsonOpen.set(event.target instanceof HTMLDetailsElement && event.target.open);
  }

  private press(pressable: Pressable): void {
    const drawn = this.drawn();
    if (drawn === null || pressable.control.ariaDisabled === 'true') return;
    const press = readPress(pressable, drawn);
    if (typeof press === 'string') {
      this.hint.set(press);
      return;
    }
    this.placed = drawn;
    this.hint.set(
      press.others.length === 0
        ? ''
        : $localize`The agent is told. This app plays no part in: ${press.others.join(', ')}.`,
    );
    void this.uses.use(this.message(), press);
  }

  /** Marks what was used, and takes away what cannot be used any more. */
  private showUses(): void {
    const drawn = this.drawn();
    if (drawn === null) return;
    const message = this.message();
    const uses = this.uses.usesOf(message);
    const isSent = drawn.boxes.length > 0 && uses.size > 0;
    const isBusy = this.uses.isBusy(message);
    const isClosed = this.uses.obstacle(message) !== null;
    for (const pressable of drawn.pressables) {
      setDisabled(pressable.control, isSent || isBusy || isUseless(pressable, isClosed));
      pressable.control.classList.toggle('structured-used', isUsed(pressable, uses));
    }
    for (const box of drawn.boxes) {
      box.control.disabled = isSent || isClosed || isBusy;
      if (isSent) restoreBox(box, uses);
    }
    this.showUsed(drawn, uses);
  }

  /** After a reload a row of cards stands where it was used, not at its start. */
  private showUsed(drawn: DrawnContent, uses: ReadonlySet<string>): void {
    if (uses.size === 0 || this.placed === drawn) return;
    this.placed = drawn;
    const used = drawn.pressables.find((pressable) => isUsed(pressable, uses));
    if (used !== undefined) showCardOf(used.control);
  }
}

const shorten = (words: readonly string[]): readonly string[] =>
  words.length > MAX_WORDS ? [...words.slice(0, MAX_WORDS), $localize`and others`] : words;

const isUseless = (pressable: Pressable, isClosed: boolean): boolean =>
  isBlocked(pressable) || (isClosed && !opensSomething(pressable));

/** Without metadata nobody knows any more whether it was checked. */
function restoreBox({ control, click }: Box, uses: ReadonlySet<string>): void {
  const metadata = click?.metadata ?? null;
  if (metadata !== null) control.checked = isAmong(metadata, uses);
}

const isUsed = ({ click: { metadata } }: Pressable, uses: ReadonlySet<string>): boolean =>
  metadata !== null && uses.has(metadataKey(metadata));

const isBlocked = ({ click: { actions } }: Pressable): boolean =>
  actions.length > 0 && actions.every(({ type }) => type === 'blocked');

/** A page can be opened also when nobody is there to be told. */
const opensSomething = ({ click }: Pressable): boolean => click.actions.some(({ type }) => type === 'open');

/** What has the focus keeps it, so that the keyboard keeps its place: then it only says that it is disabled. */
function setDisabled(control: HTMLElement, isDisabled: boolean): void {
  const isNative = control instanceof HTMLButtonElement || control instanceof HTMLInputElement;
  const isSaid = isDisabled && (!isNative || control === document.activeElement);
  if (isNative) control.disabled = isDisabled && !isSaid;
  if (isSaid) control.setAttribute('aria-disabled', 'true');
  else control.removeAttribute('aria-disabled');
}

/** Whether all of a box's metadata went out with what was submitted. */
function isAmong(metadata: Metadata, uses: ReadonlySet<string>): boolean {
  const sent = [...uses].flatMap((use) => {
    const items: unknown = JSON.parse(use);
    return Array.isArray(items) ? items.map((item) => JSON.stringify(item)) : [];
  });
  const wanted: unknown = JSON.parse(metadataKey(metadata));
  return Array.isArray(wanted) && wanted.every((item) => sent.includes(JSON.stringify(item)));
}
