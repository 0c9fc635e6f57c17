import { Component, type ElementRef, computed, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { manifestFileName, tidied } from '../manifest/manifest-text';
import { AppEditorStore } from './app-editor-store';

/** The whole app as JSON: typed, pasted, read from a file; copied and downloaded. The form follows what can be read. */
@Component({
  selector: 'app-manifest-section',
  imports: [CopyButton, Icon, MatButton],
  templateUrl: './manifest-section.html',
  styleUrls: ['./section.scss', './manifest-section.scss'],
})
export class ManifestSection {
  protected readonly store = inject(AppEditorStore);

  private readonly area = viewChild.required<ElementRef<HTMLTextAreaElement>>('area');
  private readonly file = viewChild.required<ElementRef<HTMLInputElement>>('file');
  /** What the last import or download came to. */
  protected readonly told = signal('');
  protected readonly isDraggedOver = signal(false);

  protected readonly mistake = computed(() => {
    const read = this.store.read();
    return read.kind === 'no-json' ? read : null;
  });
  protected readonly problems = computed(() => {
    const read = this.store.read();
    return read.kind === 'wrong-structure' ? read.problems : [];
  });
  protected readonly leftOut = computed(() => {
    const read = this.store.read();
    return read.kind === 'manifest' ? read.leftOut.join(', ') : '';
  });
  protected readonly lineWords = computed(() => {
    const count = this.store.text().split('\n').length;
    return count === 1 ? $localize`1 line` : $localize`${count} lines`;
  });
  protected readonly wholeText = $localize`The whole text`;

  focus(): void {
    this.area().nativeElement.focus();
  }

  protected edit(): void {
    this.told.set('');
    this.store.editText(this.area().nativeElement.value);
  }

  protected goToMistake(offset: number): void {
    const { nativeElement: area } = this.area();
    area.focus();
    area.setSelectionRange(offset, Math.min(offset + 1, area.value.length));
  }

  protected tidy(): void {
    this.store.text.update(tidied);
  }

  protected discard(): void {
    this.store.discardText();
    this.focus();
  }

  protected chooseFile(): void {
    this.file().nativeElement.click();
  }

  protected async importChosen(): Promise<void> {
    const { nativeElement: input } = this.file();
    await this.import(input.files);
    // The same file can be chosen again after it was corrected.
    input.value = '';
  }

  protected async importDropped(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.isDraggedOver.set(false);
    await this.import(event.dataTransfer?.files ?? null);
  }

  protected allowDrop(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.isDraggedOver.set(true);
  }

  protected download(): void {
    const name = manifestFileName(this.store.form.details.name().value());
    const url = URL.createObjectURL(new Blob([`${this.store.text()}\n`], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
    this.told.set($localize`Downloaded as ${name}.`);
  }

  private async import(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file === undefined) return;
    try {
      const text = await file.text();
      this.store.editText(text);
      this.told.set($localize`Imported from ${file.name}.`);
    } catch {
      // A file may vanish between its choice and its reading.
      this.told.set($localize`Could not read ${file.name}.`);
    }
  }
}
