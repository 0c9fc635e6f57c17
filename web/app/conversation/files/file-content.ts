import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { BridgeClient } from '../../bridge/bridge-client';
import { wordsOf, type FailureWords } from '../../bridge/failure-words';
import { FileClient } from '../../bridge/file-client';
import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { openModal } from '../../ui/open-modal';
import { AutomaticSettings } from '../controls/automatic-settings';
import { ConversationLog } from '../conversation-log';
import { ConversationStore } from '../conversation-store';
import type { Message } from '../message';
import { withGoneHint } from './file-upload';
import { readSharedFile, saveName } from './shared-file';

type Loading =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly url: string }
  | { readonly kind: 'failed'; readonly failure: FailureWords };

/** A file in a message. Its bytes are fetched when somebody asks for them, and no sooner. */
@Component({
  selector: 'app-file-content',
  imports: [FailureNote, Icon, MatButton],
  templateUrl: './file-content.html',
  styleUrl: './file-content.scss',
})
export class FileContentView {
  private readonly bridge = inject(BridgeClient);
  private readonly client = inject(FileClient);
  private readonly store = inject(ConversationStore);
  private readonly log = inject(ConversationLog);
  private readonly settings = inject(AutomaticSettings);
  private readonly injector = inject(Injector);

  readonly message = input.required<Message>();

  private readonly viewer = viewChild<ElementRef<HTMLDialogElement>>('viewer');
  private readonly closing = viewChild<unknown, ElementRef<HTMLElement>>('closing', { read: ElementRef });
  private readonly gone = new AbortController();

  protected readonly file = computed(() => {
    const { content } = this.message();
    return content.kind === 'file' ? readSharedFile(content.file) : null;
  });
  /** What is shown of a picture before it is opened; `null` for a document, and where none came with it. */
  protected readonly preview = computed(() => {
    const file = this.file();
    return file?.isPicture === true ? file.preview : null;
  });
  private readonly path = computed(() => this.file()?.path);
  protected readonly loading = linkedSignal<string | undefined, Loading>({
    source: this.path,
    computation: () => ({ kind: 'idle' }),
  });
  protected readonly isOpen = signal(false);
  /** An own picture that is still on its way has nothing to be fetched. */
  protected readonly isThere = computed(() => this.message().key !== null);

  private objectUrl: string | null = null;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.gone.abort();
      this.release();
    });
  }

  /** Fetches the file and shows it, or saves it where it is no picture. */
  protected async open(): Promise<void> {
    const file = this.file();
    const conversationId = this.store.id();
    if (file === null || conversationId === null || this.loading().kind === 'loading') return;
    this.loading.set({ kind: 'loading' });
    try {
      const bytes = await this.client.download(
        conversationId,
        { path: file.path, name: saveName(file) },
        this.gone.signal,
      );
      this.release();
      this.objectUrl = URL.createObjectURL(bytes);
      this.loading.set({ kind: 'loaded', url: this.objectUrl });
      if (file.isPicture && bytes.type.startsWith('image/')) this.show();
      else this.save();
      this.tellAccess();
    } catch (error) {
      if (!this.gone.signal.aborted)
        this.loading.set({ kind: 'failed', failure: withGoneHint(wordsOf(error)) });
    }
  }

  protected save(): void {
    const file = this.file();
    if (file === null || this.objectUrl === null) return;
    const link = document.createElement('a');
    link.href = this.objectUrl;
    link.download = saveName(file);
    link.click();
  }

  protected close(): void {
    this.viewer()?.nativeElement.close();
  }

  private show(): void {
    this.isOpen.set(true);
    // The dialog puts the focus where something can be pressed, if that is there by then.
    afterNextRender({ write: () => this.openViewer() }, { injector: this.injector });
  }

  private openViewer(): void {
    const viewer = this.viewer()?.nativeElement;
    if (viewer !== undefined) openModal(viewer, this.closing()?.nativeElement);
  }

  private release(): void {
    if (this.objectUrl !== null) URL.revokeObjectURL(this.objectUrl);
    this.objectUrl = null;
  }

  /** The sender may know that it was opened, once. @see PROTOCOL.md §6.3.5 */
  private tellAccess(): void {
    const { isOwn, key, dialogId, sequence } = this.message();
    const id = this.store.id();
    if (isOwn || key === null || sequence === null || id === null || !this.mayTell()) return;
    if (this.log.facts().get(id)?.ownReceipts.get(key)?.has('ACCESS') === true) return;
    this.bridge
      .sendAcceptStatus(id, { dialogId, status: 'ACCESS', sequenceList: [sequence] })
      // The file is there all the same; the list of requests shows the refusal.
      .catch(() => undefined);
  }

  private mayTell(): boolean {
    const state = this.store.state();
    const isTakingReceipts = state !== null && state.phase !== 'closed' && !state.isElsewhere;
    return isTakingReceipts && this.settings.current().access;
  }
}
