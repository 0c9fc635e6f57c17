import { Directive, inject, signal } from '@angular/core';

import { FileUploads } from './file-uploads';

/** Takes files that are dropped on its element or pasted in it. */
@Directive({
  selector: '[appFileDrop]',
  exportAs: 'appFileDrop',
  host: {
    '(dragenter)': 'over($event)',
    '(dragover)': 'over($event)',
    '(dragleave)': 'leave($event)',
    '(drop)': 'drop($event)',
    '(paste)': 'paste($event)',
  },
})
export class FileDrop {
  private readonly uploads = inject(FileUploads);
  private readonly hovering = signal(false);

  /** Whether files hang over the element now. */
  readonly isOver = this.hovering.asReadonly();

  protected over(event: DragEvent): void {
    if (!holdsFiles(event.dataTransfer)) return;
    // Without this a browser leaves the page to show the file.
    event.preventDefault();
    if (event.dataTransfer !== null) {
      event.dataTransfer.dropEffect = this.uploads.obstacle() === null ? 'copy' : 'none';
    }
    this.hovering.set(true);
  }

  protected leave(event: DragEvent): void {
    const { currentTarget, relatedTarget } = event;
    const isInside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isInside) this.hovering.set(false);
  }

  protected drop(event: DragEvent): void {
    this.hovering.set(false);
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    void this.uploads.add(event.dataTransfer?.files ?? []);
  }

  protected paste(event: ClipboardEvent): void {
    const files = event.clipboardData?.files ?? [];
    // Office programs put a picture of a copied text beside it: then the text is meant.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain') === true) return;
    if (this.uploads.obstacle() !== null) return;
    event.preventDefault();
    void this.uploads.add(files);
  }
}

const holdsFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') === true;
