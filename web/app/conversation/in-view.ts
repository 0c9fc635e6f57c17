import {
  DestroyRef,
  Directive,
  ElementRef,
  Service,
  afterNextRender,
  inject,
  input,
  signal,
} from '@angular/core';

import type { MessageKey } from './conversation-facts';

/**
 * Which messages are in view, wherever the scrolling happens. One observer for all of them: what comes and goes in one
 * frame is told once.
 */
@Service({ autoProvided: false })
export class ViewWatch {
  private readonly keys = new Map<Element, () => MessageKey | null>();
  private readonly visible = new Set<Element>();
  private readonly observer = new IntersectionObserver(
    (records) => this.note(records),
    // Some of the element must show, but one larger than the pane counts too.
    { rootMargin: '-16px 0px' },
  );
  private readonly told = signal<ReadonlySet<MessageKey>>(new Set(), { equal: isSameSet });

  /** Keys of the messages that are in view. */
  readonly inView = this.told.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.observer.disconnect());
  }

  /** Watches `element`; returns what ends it. @param key `null`: never told. */
  watch(element: Element, key: () => MessageKey | null): () => void {
    this.keys.set(element, key);
    this.observer.observe(element);
    return () => {
      this.observer.unobserve(element);
      this.keys.delete(element);
      // What is drawn no more is not in view, though no record will say so.
      if (this.visible.delete(element)) this.tell();
    };
  }

  private note(records: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of records) {
      if (isIntersecting && this.keys.has(target)) this.visible.add(target);
      else this.visible.delete(target);
    }
    this.tell();
  }

  private tell(): void {
    const keys = [...this.visible].flatMap((element) => this.keys.get(element)?.() ?? []);
    this.told.set(new Set(keys));
  }
}

const isSameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((key) => other.has(key));

/** Its element is watched by the nearest {@link ViewWatch} as the message with this key. */
@Directive({ selector: '[appInView]' })
export class InView {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly watch = inject(ViewWatch);

  readonly appInView = input.required<MessageKey | null>();

  constructor() {
    const ends = inject(DestroyRef);
    afterNextRender(() =>
      ends.onDestroy(this.watch.watch(this.element.nativeElement, () => this.appInView())),
    );
  }
}
