import { ElementRef, Injector, Service, afterNextRender, inject } from '@angular/core';
import type { ReadonlyFieldTree } from '@angular/forms/signals';

import type { EditorSection } from './editor-sections';

/** Where the focus goes on in the editor, once what was done is drawn. */
@Service({ autoProvided: false })
export class EditorFocus {
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  toFailure(): void {
    this.to('app-failure-note');
  }

  toManifest(): void {
    this.to('app-manifest-section textarea');
  }

  toTab(section: EditorSection): void {
    this.to(`#editor-section-tab-${section}`);
  }

  toField<Value>(field: ReadonlyFieldTree<Value>): void {
    this.afterRender(() => field().focusBoundControl());
  }

  /** With its label and its words in sight. */
  toMistake<Value>(field: ReadonlyFieldTree<Value>): void {
    this.afterRender(() => {
      field().focusBoundControl({ preventScroll: true });
      document.activeElement?.closest(MISTAKEN)?.scrollIntoView({ block: 'nearest' });
    });
  }

  private to(selector: string): void {
    this.afterRender(() => this.host.nativeElement.querySelector<HTMLElement>(selector)?.focus());
  }

  private afterRender(action: () => void): void {
    afterNextRender({ write: action }, { injector: this.injector });
  }
}

/** What comes into sight with a mistake: its label, its words and its control. */
const MISTAKEN = '.field, .headers, .checks, .picker, app-endpoint-editor';
