import type { ConversationId, DialogId } from '#protocol/identifiers';

import type { FailureWords } from '../../bridge/failure-words';

/** A file that the person has chosen, until it is a message. */
export interface FileUpload {
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
  readonly file: File;
  readonly caption: string;
  readonly stage: UploadStage;
}

export type UploadStage =
  | { readonly kind: 'reading' }
  /** Cannot be shared; says why. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ready'; readonly picture: Picture }
  | { readonly kind: 'uploading'; readonly picture: Picture; readonly share: number }
  | { readonly kind: 'failed'; readonly picture: Picture; readonly failure: FailureWords };

export interface Picture {
  /** By its bytes. */
  readonly mediaType: string;
  /** Data URL. */
  readonly preview: string;
}

/** What the stage is, for a screen and its reader. @param obstacle Why it cannot be sent now; `null` when it can. */
export function stageWords({ stage }: FileUpload, obstacle: string | null): string {
  switch (stage.kind) {
    case 'reading':
      return $localize`Reading the file…`;
    case 'refused':
      return stage.reason;
    case 'ready':
      return obstacle === null ? NOT_SENT : $localize`${NOT_SENT}. ${obstacle}`;
    case 'uploading':
      return stage.share < 1
        ? $localize`Uploading ${Math.floor(stage.share * 100)} %`
        : $localize`Waiting for the storage…`;
    case 'failed':
      return obstacle === null ? NOT_UPLOADED : $localize`${NOT_UPLOADED}. ${obstacle}`;
    default:
      return stage satisfies never;
  }
}

const NOT_SENT = $localize`Not sent yet`;
const NOT_UPLOADED = $localize`Not uploaded`;

/** What the cloud's refusal may mean here, beside its own words. @see PROTOCOL.md §7.3 */
export function withFileHint(words: FailureWords, code: string | null): FailureWords {
  if (code !== 'upstream-rejected') return words;
  const next = $localize`${words.next} File sharing may be off for the account (messaging.file.sharing.enabled).`;
  return { ...words, next };
}

/** What the cloud's refusal to hand a file out most often means. @see PROTOCOL.md §7.3 */
export function withGoneHint(words: FailureWords): FailureWords {
  if (words.code !== 'upstream-rejected') return words;
  const next = $localize`The storage may not have the file any more. Ask for it to be sent again.`;
  return { ...words, next };
}
