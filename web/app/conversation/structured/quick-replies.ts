import { Component, computed, inject, input } from '@angular/core';

import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import type { Message } from '../message';
import { ContentUses } from './content-uses';
import { chosenReply, readQuickReplies, type QuickReply } from './quick-replies-reading';

/** Replies that are said by pressing them. Once one was given they stay, and tell which. */
@Component({
  selector: 'app-quick-replies',
  imports: [FailureNote, Icon],
  template: `@if (quickReplies(); as quick) {
      <div class="replies" role="group" aria-label="Quick replies" i18n-aria-label>
        @for (reply of quick.replies; track $index) {
          <button
            type="button"
            class="reply"
            [class.coloured]="obstacle() === null && reply.hasColours"
            [class.chosen]="chosen() === $index"
            [style]="obstacle() === null ? reply.style : null"
            [attr.aria-disabled]="obstacle() !== null"
            [attr.aria-pressed]="chosen() === null ? null : chosen() === $index"
            [attr.title]="obstacle() ?? reply.hint"
            (click)="say(reply)"
          >
            @if (chosen() === $index) {
              <app-icon name="check" />
            }
            {{ reply.title }}
          </button>
        }
      </div>
      @if (quick.leftOut > 0) {
        <p i18n class="left-out">
          {quick.leftOut, plural,
            =1 {1 more reply has no title and text to say, or stands beyond the 24th.}
            other {{{ quick.leftOut }} more replies have no title and text to say, or stand beyond the 24th.}
          }
        </p>
      }
    }
    @if (failure(); as failure) {
      <app-failure-note [text]="failure" />
    }`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
    }
    .replies {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    .reply {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
      max-width: 100%;
      min-height: 30px;
      padding: 2px var(--space-3);
      border: 1px solid var(--line-field);
      border-radius: var(--radius-full);
      background: var(--surface);
      color: var(--text);
      font: inherit;
      font-weight: 600;
      overflow-wrap: anywhere;
      text-align: start;
      cursor: pointer;
    }
    /* Their colours were chosen for a light ground: in the dark they tint it. The line always tells a button. */
    .coloured {
      --ground: var(--reply-ground, var(--surface));
      --words: var(--reply-text, var(--text));

      border-color: light-dark(
        color-mix(in srgb, var(--reply-line, var(--line-field)) 40%, currentcolor),
        color-mix(in srgb, var(--reply-line, var(--line-field)) 30%, currentcolor)
      );
      background: light-dark(var(--ground), color-mix(in oklab, var(--ground) 12%, var(--surface)));
      color: light-dark(var(--words), color-mix(in oklab, var(--words) 20%, var(--text)));
    }
    :host-context([data-contrast='more']) .coloured {
      border-color: var(--line-field);
      background: var(--surface);
      color: var(--text);
    }
    @media (prefers-contrast: more) {
      .coloured {
        border-color: var(--line-field);
        background: var(--surface);
        color: var(--text);
      }
    }
    .reply:hover:not([aria-disabled='true']) {
      box-shadow: inset 0 0 0 1px currentcolor;
    }
    .reply[aria-disabled='true'] {
      border: 1px dashed var(--text-muted);
      color: var(--text-muted);
      cursor: default;
    }
    .reply.chosen[aria-disabled='true'] {
      border: 1px solid var(--accent);
      color: var(--accent);
    }
    .left-out {
      color: var(--text-muted);
      font-size: var(--text-xs);
    }
  `,
})
export class QuickReplyButtons {
  private readonly uses = inject(ContentUses);

  readonly message = input.required<Message>();

  protected readonly quickReplies = computed(() => readQuickReplies(this.message().quickReplies));
  private readonly answer = computed(() => this.uses.answerTo(this.message()));
  protected readonly chosen = computed(() => {
    const replies = this.quickReplies()?.replies ?? [];
    return chosenReply(replies, this.uses.usesOf(this.message()), this.answer());
  });
  /** Why none can be pressed; `null` when they can. */
  protected readonly obstacle = computed(() => {
    const message = this.message();
    if (this.uses.isBusy(message)) return $localize`Being sent`;
    if (this.chosen() !== null || this.uses.usesOf(message).size > 0) return $localize`Answered`;
    if (this.answer() !== null) return $localize`None was chosen, and the conversation went on`;
    return this.uses.obstacle(message);
  });
  protected readonly failure = computed(() => this.uses.failureOf(this.message()));

  /** A reply that was pressed keeps the focus, so that the keyboard keeps its place. */
  protected say({ text, metadata }: QuickReply): void {
    if (this.obstacle() !== null) return;
    void this.uses.use(this.message(), { isTold: true, metadata, texts: [text], opens: [], others: [] });
  }
}
