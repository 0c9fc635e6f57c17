import { Component, type ElementRef, computed, input, output, viewChild } from '@angular/core';

import { Icon, type IconName } from '../ui/icon';
import { exactWords, timeWords } from '../ui/time-words';
import { FileContentView } from './files/file-content';
import { deliveryEvidence, deliveryWords, sourceWords } from './delivery-words';
import { EchoAdvice } from './echo-advice';
import type { DeliveryState, Message } from './message';
import { edgesOf, type Edges } from './message-card/place-beside';
import { MessageFailure } from './message-failure';
import type { MissingEcho } from './missing-echo';
import { QuickReplyButtons } from './structured/quick-replies';
import { StructuredContent } from './structured/structured-content';
import { textSegments } from './text-segments';
import { roleWords } from './words';

const TICKS: Readonly<Record<DeliveryState, IconName>> = {
  sending: 'clock',
  sent: 'check',
  accepted: 'checkDouble',
  read: 'checkDouble',
  failed: 'alert',
};

/** One message: what it says, who said it and when, and how far an own one has come. */
@Component({
  selector: 'app-message-bubble',
  imports: [EchoAdvice, FileContentView, Icon, MessageFailure, QuickReplyButtons, StructuredContent],
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.scss',
  host: {
    '[class.own]': 'message().isOwn',
    '[class.continued]': 'isContinued()',
    '[class.apart]': 'isApart()',
    '[attr.data-state]': 'message().delivery?.state',
    '[class.missing]': 'isEchoMissing()',
  },
})
export class MessageBubble {
  readonly message = input.required<Message>();
  readonly isContinued = input(false);
  readonly isApart = input(false);
  readonly hasFooter = input(true);
  /** What its missing notification means, where it says so. */
  readonly missingEcho = input<MissingEcho | null>(null);
  /** All about the message is wanted, beside what stands there. */
  readonly cardAsked = output<Edges>();

  private readonly footer = viewChild<ElementRef<HTMLElement>>('footer');

  protected readonly author = computed(() => roleWords(this.message().role));
  protected readonly speaker = computed(() => (this.message().isOwn ? $localize`You` : this.author()));
  protected readonly time = computed(() => timeWords(this.message().at));
  protected readonly segments = computed(() => {
    const { content } = this.message();
    // Human agents' texts end in a line break. PROTOCOL.md §8.4.6
    return content.kind === 'text' ? textSegments(content.text.replace(/\s+$/, '')) : [];
  });
  /** Its notification should have come long ago: something on its way is wrong. */
  protected readonly isEchoMissing = computed(() => this.message().delivery?.echo === 'missing');
  protected readonly tick = computed<IconName>(() =>
    this.isEchoMissing() ? 'alert' : TICKS[this.message().delivery?.state ?? 'sent'],
  );
  protected readonly state = computed(() => {
    const { delivery } = this.message();
    return delivery === null ? null : deliveryWords(delivery);
  });
  protected readonly details = computed(() => {
    const { at, sequence, delivery, authorId, isFromHistory } = this.message();
    const place = sequence === null ? $localize`no sequence yet` : $localize`sequence ${sequence}`;
    const rest = delivery === null ? [authorId, ...sourceWords(isFromHistory)] : deliveryEvidence(delivery);
    return [exactWords(at), place, ...rest].join('\n');
  });
  /** What was sent once more, as another message, waits for nothing. */
  protected readonly isFailed = computed(() => this.message().delivery?.failure?.isReplaced === false);

  protected askCard(bubble: HTMLElement): void {
    const footer = this.footer()?.nativeElement;
    this.cardAsked.emit(edgesOf(footer === undefined ? [bubble] : [bubble, footer]));
  }
}
