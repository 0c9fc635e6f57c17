import { DestroyRef, Service, inject } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { ConversationsStore } from '../conversation/conversations-store';
import { phaseWords } from '../conversation/words';
import { INSPECTOR_TABS, type InspectorTab } from '../inspector/inspector-pane';
import { PageCommands, type Command } from '../ui/page-commands';
import { Shortcuts, type Shortcut } from '../ui/shortcuts';

/** What the workbench does for a command or a key. */
export interface WorkbenchVerbs {
  /** Goes to the message field of a conversation, of a new one without. */
  readonly write: (...opened: readonly ConversationId[]) => unknown;
  readonly focusComposer: () => void;
  readonly inspect: (tab: InspectorTab) => void;
}

/** The workbench's part of the command palette and of the keyboard map. */
@Service({ autoProvided: false })
export class WorkbenchCommands {
  private readonly conversations = inject(ConversationsStore);
  private readonly palette = inject(PageCommands);
  private readonly shortcuts = inject(Shortcuts);
  private readonly destroyRef = inject(DestroyRef);

  /** Offers them as long as the page lives. */
  offer(verbs: WorkbenchVerbs): void {
    const group = $localize`Workbench`;
    this.destroyRef.onDestroy(
      this.shortcuts.register(
        { key: 'n', words: $localize`New conversation`, group, run: () => void verbs.write() },
        { key: 'm', words: $localize`Write a message`, group, run: verbs.focusComposer },
        ...CONTROL_KEYS,
      ),
    );
    this.destroyRef.onDestroy(
      this.palette.register(() => [...tabCommands(verbs), ...this.conversationCommands(verbs)]),
    );
  }

  private conversationCommands({ write }: WorkbenchVerbs): readonly Command[] {
    return this.conversations.summaries().map(({ id, name, phase }) => ({
      id: `conversation:${id}`,
      label: $localize`Open conversation`,
      about: `${name} · ${phaseWords(phase)}`,
      icon: 'chat',
      isOnlyFound: true,
      run: () => write(id),
    }));
  }
}

function tabCommands({ inspect }: WorkbenchVerbs): readonly Command[] {
  return INSPECTOR_TABS.map((tab) => ({
    ...{ id: `tab:${tab}`, label: TAB_WORDS[tab], about: '', icon: 'braces' as const },
    run: () => inspect(tab),
  }));
}

const MESSAGE_FIELD = $localize`Message field`;
const LISTS = $localize`Lists, tabs and dividers`;

/** What the controls of the page do themselves. */
const CONTROL_KEYS: readonly Shortcut[] = [
  { key: 'Enter', words: $localize`Send`, group: MESSAGE_FIELD },
  { key: 'Shift+Enter', words: $localize`New line`, group: MESSAGE_FIELD },
  {
    key: 'Enter',
    withControl: true,
    words: $localize`Send what “Send an event” shows`,
    group: MESSAGE_FIELD,
  },
  { key: '↑ ↓', words: $localize`Previous and next row`, group: LISTS },
  { key: '← →', words: $localize`Previous and next tab, width of a pane`, group: LISTS },
  { key: 'Home End', words: $localize`First and last`, group: LISTS },
  { key: 'Enter', words: $localize`Open`, group: LISTS },
  { key: 'Esc', words: $localize`Close the details`, group: LISTS },
];

const TAB_WORDS: Readonly<Record<InspectorTab, string>> = {
  timeline: $localize`Show the timeline`,
  webhooks: $localize`Show the webhooks`,
  requests: $localize`Show the requests`,
  state: $localize`Show the state`,
};
