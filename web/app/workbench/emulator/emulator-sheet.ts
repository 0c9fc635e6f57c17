import {
  Component,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';

import { EventLog } from '../../bridge/event-log';
import { DialogHead } from '../../ui/dialog-head';
import { Icon } from '../../ui/icon';
import { PageCommands, type Command } from '../../ui/page-commands';
import { TabBar } from '../../ui/tab-bar';
import { AgentControls } from './agent-controls';
import { DeliveryList } from './delivery-list';
import { DeliveryWatch } from './delivery-watch';
import { DeskNews } from './desk-news';
import { EmulatorDesk } from './emulator-desk';
import { FaultControls } from './fault-controls';

/**
 * The emulator's knobs and the button for them. They stay open over a corner while one writes or looks beside them, and go to
 * the other side when they are in the way.
 */
@Component({
  selector: 'app-emulator-sheet',
  imports: [AgentControls, DeliveryList, DeskNews, DialogHead, FaultControls, Icon, TabBar],
  providers: [EmulatorDesk, DeliveryWatch],
  template: `<button
      type="button"
      class="pill"
      aria-haspopup="dialog"
      #button
      [attr.aria-expanded]="isOpen()"
      (click)="isOpen() ? close() : open()"
    >
      <ng-container i18n>Emulator controls</ng-container>
    </button>
    <div
      #sheet
      class="sheet"
      popover="manual"
      role="dialog"
      aria-labelledby="emulator-heading"
      [class.on-left]="isOnLeft()"
      (keydown.escape)="leave($event)"
    >
      @if (isOpen()) {
        <app-dialog-head (closeAsked)="close()">
          <h2 #heading i18n id="emulator-heading" tabindex="-1">Emulator</h2>
          <button
            type="button"
            class="icon-button side"
            [attr.aria-label]="sideWords()"
            [title]="sideWords()"
            (click)="isOnLeft.set(!isOnLeft())"
          >
            <app-icon [name]="isOnLeft() ? 'outbound' : 'back'" />
          </button>
        </app-dialog-head>
        <app-desk-news />
        <app-tab-bar
          class="tabs"
          label="What the emulator does"
          i18n-label
          panelId="emulator-panel"
          [tabs]="tabs()"
          [selected]="tab()"
          (selectedChange)="turnTo($event)"
        />
        <div
          id="emulator-panel"
          class="panel scroll-signs"
          role="tabpanel"
          [attr.aria-labelledby]="'emulator-panel-tab-' + tab()"
        >
          <section [hidden]="tab() !== 'agent'">
            <h3 i18n class="visually-hidden">Agent</h3>
            <app-agent-controls />
          </section>
          <section [hidden]="tab() !== 'faults'">
            <h3 i18n class="visually-hidden">Faults</h3>
            <app-fault-controls />
          </section>
          <section [hidden]="tab() !== 'deliveries'">
            <h3 i18n class="visually-hidden">Deliveries</h3>
            <app-delivery-list />
          </section>
        </div>
      }
    </div>`,
  styleUrl: './emulator-sheet.scss',
})
export class EmulatorSheet {
  private readonly log = inject(EventLog);
  private readonly injector = inject(Injector);
  private readonly watch = inject(DeliveryWatch);
  private readonly desk = inject(EmulatorDesk);

  private readonly sheet = viewChild.required<ElementRef<HTMLElement>>('sheet');
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly button = viewChild.required<ElementRef<HTMLElement>>('button');
  protected readonly isOpen = signal(false);
  protected readonly isOnLeft = signal(false);
  /** Stays chosen while the sheet is closed. */
  protected readonly tab = signal('agent');
  private readonly faultCount = computed(() => {
    const { length } = this.desk.faults() ?? [];
    return length > 0 ? length : null;
  });
  protected readonly tabs = computed(() => [
    { id: 'agent', label: $localize`Agent` },
    { id: 'faults', label: $localize`Faults`, count: this.faultCount() },
    { id: 'deliveries', label: $localize`Deliveries`, problems: this.watch.troubles() },
  ]);
  protected readonly sideWords = computed(() =>
    this.isOnLeft() ? $localize`Move to the right` : $localize`Move to the left`,
  );

  private readonly command: Command = {
    ...{ id: 'emulator', label: $localize`Emulator controls`, about: '', icon: 'settings' },
    run: () => (this.isOpen() ? this.heading()?.nativeElement.focus() : this.open()),
  };

  constructor() {
    const destroyRef = inject(DestroyRef);
    destroyRef.onDestroy(() => this.watch.stop());
    destroyRef.onDestroy(inject(PageCommands).register(() => [this.command]));
    effect(() => {
      // Whatever happens may be a fault that has happened.
      this.log.cursor();
      if (this.isOpen()) untracked(() => this.desk.lookSoon());
    });
  }

  protected open(): void {
    this.isOpen.set(true);
    void this.desk.open();
    this.watch.start();
    this.sheet().nativeElement.showPopover();
    afterNextRender(() => this.heading()?.nativeElement.focus(), { injector: this.injector });
  }

  /** What one tab was asked for says nothing of another. */
  protected turnTo(tab: string): void {
    this.tab.set(tab);
    this.desk.hush();
  }

  /** Escape that ends an input method’s composing is not meant for the sheet. */
  protected leave(event: Event): void {
    if (!(event instanceof KeyboardEvent && event.isComposing)) this.close();
  }

  protected close(): void {
    this.sheet().nativeElement.hidePopover();
    this.isOpen.set(false);
    this.watch.stop();
    this.button().nativeElement.focus();
  }
}
