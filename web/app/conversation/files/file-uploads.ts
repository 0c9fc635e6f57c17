import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { EventLog } from '../../bridge/event-log';
import { wordsOf } from '../../bridge/failure-words';
import { FileClient } from '../../bridge/file-client';
import { isWritable } from '../conversation-state';
import { ConversationStore } from '../conversation-store';
import { newMessageId } from '../message-id';
import { notLoadedWords } from '../not-loaded';
import { Outbox } from '../outbox';
import { ChosenFiles } from './chosen-files';
import { makePreview } from './file-preview';
import { HEAD_BYTES, MAX_AT_ONCE, pictureTypeOf, refusalOf } from './file-rules';
import { withFileHint, type FileUpload, type Picture, type UploadStage } from './file-upload';

/** Files on their way into conversations. A page that ends stops its uploads; the files wait for the next one. */
@Service({ autoProvided: false })
export class FileUploads {
  private readonly client = inject(FileClient);
  private readonly events = inject(EventLog);
  private readonly store = inject(ConversationStore);
  private readonly outbox = inject(Outbox);

  private readonly held = inject(ChosenFiles).held;
  private readonly surplus = signal<ReadonlyMap<ConversationId, readonly string[]>>(new Map());
  private readonly running = new Map<string, AbortController>();

  /** Those of the conversation on the screen. */
  readonly shown = computed(() =>
    this.held().filter(({ conversationId }) => conversationId === this.store.id()),
  );

  /** Names of the files of the last choice for which there was no room. */
  readonly leftOut = computed<readonly string[]>(() => {
    const id = this.store.id();
    return (id === null ? undefined : this.surplus().get(id)) ?? [];
  });

  /** Those of the shown that leave now, and how far they are. */
  readonly underway = computed(() =>
    this.shown().flatMap(({ conversationId, file, stage }) =>
      stage.kind === 'uploading' ? [{ conversationId, name: file.name, share: stage.share }] : [],
    ),
  );

  /** Why no file can be shared now; `null` when one can. */
  readonly obstacle = computed(() => {
    const state = this.store.state();
    if (this.store.id() === null) return $localize`Write a first message: it opens the conversation`;
    if (state === null) return notLoadedWords(this.events);
    if (state.isElsewhere) return $localize`Another server opened this conversation`;
    if (state.phase === 'survey') return $localize`A survey is answered in words`;
    return !isWritable(state) || this.store.closing() !== null ? $localize`The conversation is closed` : null;
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      for (const controller of this.running.values()) controller.abort();
    });
  }

  /** Takes files to be sent, as many as there is room for; each is looked at, and says what it is. */
  async add(files: Iterable<File>): Promise<void> {
    const state = this.store.state();
    if (state === null || this.obstacle() !== null) return;
    const chosen = [...files];
    const room = Math.max(0, MAX_AT_ONCE - this.shown().length);
    this.leaveOut(state.id, chosen.slice(room));
    const added = chosen.slice(0, room).map((file): FileUpload => ({
      ...{ id: newMessageId(), conversationId: state.id, dialogId: state.dialog.dialogId },
      ...{ file, caption: file.name, stage: { kind: 'reading' } },
    }));
    this.held.update((held) => [...held, ...added]);
    await Promise.all(added.map(async ({ id, file }) => this.stage(id, await lookAt(file))));
  }

  rename(id: string, caption: string): void {
    this.change(id, (upload) => ({ ...upload, caption }));
  }

  /** Uploads it and publishes it as a message; also tries again. The message tells of its own failures. */
  async send(id: string): Promise<void> {
    const upload = this.held().find((held) => held.id === id);
    if (upload === undefined || !('picture' in upload.stage) || this.running.has(id)) return;
    if (this.obstacle() !== null) return;
    const { picture } = upload.stage;
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const file = await this.upload(upload, picture, controller.signal);
      this.remove(id);
      const { conversationId, dialogId } = upload;
      const caption = this.captionOf(upload);
      void this.outbox.publish({
        ...{ clientMessageId: id, conversationId, dialogId, metadata: null, at: Date.now() },
        content: { kind: 'file', file: { ...file, caption, preview: picture.preview } },
      });
    } catch (error) {
      this.stage(id, controller.signal.aborted ? { kind: 'ready', picture } : failedStage(picture, error));
    } finally {
      this.running.delete(id);
    }
  }

  /** Stops the upload; the file stays, to be sent or removed. */
  cancel(id: string): void {
    this.running.get(id)?.abort();
  }

  remove(id: string): void {
    this.held.update((held) => held.filter((upload) => upload.id !== id));
  }

  /** The person knows which files were left out. */
  forgetLeftOut(): void {
    const id = this.store.id();
    if (id !== null) this.leaveOut(id, []);
  }

  private leaveOut(id: ConversationId, files: readonly File[]): void {
    this.surplus.update((known) =>
      new Map(known).set(
        id,
        files.map(({ name }) => name),
      ),
    );
  }

  /** The storage's address is valid for a minute: one that ran out on the way is asked for anew, once. */
  private async upload(upload: FileUpload, picture: Picture, signal: AbortSignal) {
    try {
      return await this.uploadOnce(upload, picture, signal);
    } catch (error) {
      if (!(error instanceof BridgeFailure && error.code === 'file-url-refused')) throw error;
      return this.uploadOnce(upload, picture, signal);
    }
  }

  private uploadOnce(upload: FileUpload, picture: Picture, signal: AbortSignal) {
    const { id, conversationId, file } = upload;
    const onProgress = (share: number): void => this.stage(id, { kind: 'uploading', picture, share });
    onProgress(0);
    const sending = { bytes: file, mediaType: picture.mediaType, name: file.name, onProgress, signal };
    return this.client.upload(conversationId, sending);
  }

  private captionOf({ caption, file }: FileUpload): string {
    return caption.trim() === '' ? file.name : caption.trim();
  }

  private stage(id: string, stage: UploadStage): void {
    this.change(id, (upload) => ({ ...upload, stage }));
  }

  private change(id: string, to: (upload: FileUpload) => FileUpload): void {
    this.held.update((held) => held.map((upload) => (upload.id === id ? to(upload) : upload)));
  }
}

async function lookAt(file: File): Promise<UploadStage> {
  try {
    const mediaType = pictureTypeOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
    const reason = refusalOf(file, mediaType);
    if (reason !== null || mediaType === null) return { kind: 'refused', reason: reason ?? '' };
    const preview = await makePreview(file);
    return { kind: 'ready', picture: { mediaType, preview } };
  } catch {
    // Neither the browser's words nor its codes say more.
    return {
      kind: 'refused',
      reason: $localize`The picture cannot be drawn: it may be damaged, or it was moved away.`,
    };
  }
}

function failedStage(picture: Picture, error: unknown): UploadStage {
  const code = error instanceof BridgeFailure ? error.code : null;
  return { kind: 'failed', picture, failure: withFileHint(wordsOf(error), code) };
}
