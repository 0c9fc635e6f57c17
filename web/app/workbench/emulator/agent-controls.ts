import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { EMULATOR_PERSONAS, type AgentActRequest, type EmulatorPersona } from '#protocol/emulator-controls';
import { EventLog } from '../../bridge/event-log';
import { ConversationStore } from '../../conversation/conversation-store';
import { EmulatorDesk, LOOK_REST_MS } from './emulator-desk';
import { AGENT_BUTTONS, PERSONA_WORDS } from './emulator-words';
import { Glance } from './glance';
import { SurveySwitch } from './survey-switch';

/** What the agent of the conversation on the screen does, and who it is. */
@Component({
  selector: 'app-agent-controls',
  imports: [MatButton, SurveySwitch],
  template: `@if (conversationId() === null) {
      <p i18n class="none">Open a conversation with a first message; then its agent does what you ask for.</p>
    } @else {
      @if (isClosed()) {
        <p i18n class="none" id="agent-is-done">
          This conversation is closed: its agent can do nothing more. Start a new one.
        </p>
      }
      <form class="say" (submit)="say($event, text)">
        <label class="field">
          <span i18n class="field-label">The agent says</span>
          <input #text class="input" autocomplete="off" maxlength="5000" [readonly]="isClosed()" />
        </label>
        <button i18n type="submit" matButton="filled" [disabled]="isClosed()" disabledInteractive>Say</button>
      </form>
      <div class="buttons" role="group" aria-label="The agent" i18n-aria-label>
        @for (button of buttons; track button.words) {
          <button
            type="button"
            class="pill"
            [attr.aria-disabled]="isClosed() || null"
            [attr.aria-describedby]="isClosed() ? 'agent-is-done' : null"
            (click)="act(button.asked, button.done)"
          >
            {{ button.words }}
          </button>
        }
      </div>
      <form class="say" (submit)="answer($event, who.value)">
        <label class="field">
          <span i18n class="field-label">Who answers in this conversation</span>
          <select #who class="input" [disabled]="isClosed()">
            @if (persona() === null) {
              <option i18n value="" disabled selected>Not known yet</option>
            }
            @for (one of personas; track one) {
              <option [value]="one" [selected]="one === persona()">{{ words[one] }}</option>
            }
          </select>
        </label>
        <button i18n type="submit" matButton="outlined" [disabled]="isClosed()" disabledInteractive>
          Change
        </button>
      </form>
    }
    <app-survey-switch />`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-3);
    }
    .say {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-2);
      align-items: end;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .none {
      color: var(--text-muted);
      font-size: var(--text-s);
    }
  `,
})
export class AgentControls {
  private readonly desk = inject(EmulatorDesk);
  private readonly conversation = inject(ConversationStore);
  private readonly log = inject(EventLog);

  protected readonly buttons = AGENT_BUTTONS;
  protected readonly personas = EMULATOR_PERSONAS;
  protected readonly words = PERSONA_WORDS;
  /** `null`: none of this server’s is on the screen. */
  protected readonly conversationId = computed(() => {
    const state = this.conversation.state();
    return state === null || state.isElsewhere ? null : state.id;
  });

  protected readonly isClosed = computed(() => this.conversation.state()?.phase === 'closed');
  /** Who answers; `null` until it is known. */
  protected readonly persona = signal<EmulatorPersona | null>(null);

  private readonly restMs = inject(LOOK_REST_MS);
  private readonly glance = new Glance(
    async () => {
      const id = this.conversationId();
      return { id, persona: id === null ? null : await this.desk.persona(id) };
    },
    {
      // What could not be asked is as it was.
      apply: ({ id, persona }) => {
        if (id === this.conversationId() && persona !== null) this.persona.set(persona);
      },
      fail: () => undefined,
    },
  );

  constructor() {
    effect(() => {
      this.conversationId();
      untracked(() => {
        this.persona.set(null);
        void this.glance.now();
      });
    });
    effect(() => {
      // What is written may choose somebody else.
      this.log.cursor();
      untracked(() => this.glance.soon(this.restMs));
    });
  }

  protected async say(event: Event, field: HTMLInputElement): Promise<void> {
    event.preventDefault();
    const text = field.value.trim();
    if (this.isClosed()) return;
    if (text === '') {
      this.desk.tell($localize`Write what the agent is to say.`);
      field.focus();
      return;
    }
    field.value = '';
    const isSaid = await this.act({ act: 'say', text }, $localize`The agent said it`);
    if (!isSaid) field.value = `${text} ${field.value}`.trim();
  }

  protected answer(event: Event, value: string): void {
    event.preventDefault();
    const persona = EMULATOR_PERSONAS.find((one) => one === value);
    if (persona === undefined) return;
    void this.act({ act: 'persona', persona }, $localize`Answers now: ${PERSONA_WORDS[persona]}`);
  }

  protected async act(asked: AgentActRequest, done: string): Promise<boolean> {
    const id = this.conversationId();
    if (id === null || this.isClosed()) return false;
    const isDone = await this.desk.run(done, (client) => client.act(id, asked));
    if (asked.act === 'persona') await this.glance.now();
    return isDone;
  }
}
