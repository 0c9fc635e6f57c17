import { exactWords } from '../../ui/time-words';
import type { Receipt } from '../conversation-facts';
import { deliveryWords, knownWords } from '../delivery-words';
import type { Message } from '../message';
import { roleWords } from '../words';

/** One fact about a message. */
export interface CardRow {
  readonly name: string;
  /** Empty where the id says it all. */
  readonly words: string;
  readonly id: string | null;
}

/** All that is known about a message, each fact by itself. */
export function cardRows({ delivery, sequence, dialogId, authorId, at }: Message): readonly CardRow[] {
  const told =
    delivery === null
      ? []
      : [
          { name: $localize`State`, words: deliveryWords(delivery), id: null },
          { name: $localize`Evidence`, words: knownWords(delivery), id: null },
          ...receiptRow($localize`Accepted`, delivery.accepted),
          ...receiptRow($localize`Read`, delivery.read),
        ];
  return [
    { name: $localize`Written`, words: exactWords(at), id: null },
    { name: $localize`Sequence`, words: sequence === null ? $localize`none yet` : `${sequence}`, id: null },
    ...told,
    { name: $localize`Author`, words: '', id: authorId },
    { name: $localize`Dialog`, words: '', id: dialogId },
  ];
}

function receiptRow(name: string, receipt: Receipt | null): readonly CardRow[] {
  if (receipt === null) return [];
  const { at, by, role } = receipt;
  return [{ name, words: $localize`${exactWords(at)} by ${roleWords(role)}`, id: by }];
}
