import { NgTemplateOutlet } from '@angular/common';
import type { ElementRef } from '@angular/core';
import { Component, afterRenderEffect, computed, inject, viewChildren } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { MAX_AT_ONCE, sizeWords } from './file-rules';
import { stageWords, type FileUpload } from './file-upload';
import { FileUploads } from './file-uploads';

/** Files that were chosen and are no messages yet. */
@Component({
  selector: 'app-upload-list',
  imports: [FailureNote, Icon, MatButton, NgTemplateOutlet],
  templateUrl: './upload-list.html',
  styleUrl: './upload-list.scss',
})
export class UploadList {
  protected readonly uploads = inject(FileUploads);

  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');

  protected readonly most = MAX_AT_ONCE;

  private readonly newest = computed(() => this.items().at(-1)?.nativeElement);
  private readonly stages = computed(() =>
    this.uploads
      .shown()
      .map(({ stage }) => stage.kind)
      .join(),
  );

  constructor() {
    // The list scrolls where many wait: what was just chosen is what the person looks for.
    afterRenderEffect(() => {
      // All grow by the words of their stage.
      this.stages();
      this.newest()?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected words(upload: FileUpload): string {
    return stageWords(upload, this.uploads.obstacle());
  }

  protected size({ file }: FileUpload): string {
    return sizeWords(file.size);
  }

  /** How long the storage takes once all has left is not known: then the bar says only that something goes on. */
  protected known(share: number): number | null {
    return share < 1 ? share : null;
  }

  protected preview({ stage }: FileUpload): string | null {
    return 'picture' in stage ? stage.picture.preview : null;
  }

  protected rename({ id }: FileUpload, event: Event): void {
    if (event.target instanceof HTMLInputElement) this.uploads.rename(id, event.target.value);
  }

  protected sendOnEnter({ id }: FileUpload, event: Event): void {
    if (event instanceof KeyboardEvent && !event.isComposing) void this.uploads.send(id);
  }
}
