import { Component, ElementRef, afterNextRender, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { openModal } from '../ui/open-modal';
import { Shortcuts, type Shortcut } from '../ui/shortcuts';
import { EVERYWHERE, FrameOverlays } from './frame-overlays';
import { CONTROL_KEY } from './keys';

/** `?`: the keys that work on the page one is on. */
@Component({
  selector: 'app-keyboard-map',
  imports: [MatButton],
  template: `<dialog #dialog class="modal map" aria-labelledby="keyboard-heading" (close)="settle()">
    <h2 i18n id="keyboard-heading">Keyboard map</h2>
    <p i18n>The keys of this page. Single keys do nothing while you type.</p>
    <div class="keys scroll-signs" tabindex="0" role="group" aria-labelledby="keyboard-heading">
      @for (group of groups; track group[0]) {
        <h3>{{ group[0] }}</h3>
        <dl>
          @for (shortcut of group[1]; track shortcut) {
            <div class="line">
              <dt>
                @for (chord of chordsOf(shortcut); track $index) {
                  <span class="chord">
                    @for (key of chord; track key; let isFirst = $first) {
                      @if (!isFirst) {
                        <span class="plus">+</span>
                      }
                      <kbd>{{ key }}</kbd>
                    }
                  </span>
                }
              </dt>
              <dd>{{ shortcut.words }}</dd>
            </div>
          }
        </dl>
      }
    </div>
    <div class="buttons">
      <button i18n type="button" matButton="outlined" (click)="dialog.close()">Close</button>
    </div>
  </dialog>`,
  styleUrl: './keyboard-map.scss',
})
export class KeyboardMap {
  private readonly overlays = inject(FrameOverlays);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly closing = viewChild.required<unknown, ElementRef<HTMLElement>>(MatButton, {
    read: ElementRef,
  });

  /** What is special to the page comes first. */
  protected readonly groups = inject(Shortcuts)
    .groups()
    .toSorted(([one], [other]) => Number(one === EVERYWHERE) - Number(other === EVERYWHERE));

  constructor() {
    afterNextRender({ write: () => this.open() });
  }

  /** The ways to do it, each as the keys that are held together. */
  protected chordsOf({ key, withControl }: Shortcut): readonly (readonly string[])[] {
    const held = withControl === true ? [CONTROL_KEY] : [];
    return key.split(' ').map((chord) => [...held, ...chord.split('+').map(capOf)]);
  }

  protected settle(): void {
    if (this.overlays.current() === 'keyboard') this.overlays.close();
  }

  private open(): void {
    openModal(this.dialog().nativeElement, this.closing().nativeElement);
    this.overlays.arrive();
  }
}

const capOf = (key: string): string => (key.length === 1 ? key.toUpperCase() : key);
