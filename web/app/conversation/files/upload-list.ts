import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { sizeWords } from './file-rules';
import { stageWords, type FileUpload } from './file-upload';
import { FileUploads } from './file-uploads';

/** Files that were chosen and are no messages yet. */
@Component({
  selector: 'app-upload-list',
  imports: [FailureNote, Icon, MatButton],
  templateUrl: './upload-list.html',
  styleUrl: './upload-list.scss',
})
export class UploadList {
  protected readonly uploads = inject(FileUploads);

  protected readonly words = stageWords;

  protected size({ file }: FileUpload): string {
    return sizeWords(file.size);
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
