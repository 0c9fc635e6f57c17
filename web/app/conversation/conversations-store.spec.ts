import { TestBed } from '@angular/core/testing';

import type { ConversationList } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { buildView } from '../testing/fake-bridge';
import { APP, OTHER_APP } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { ConversationsStore } from './conversations-store';

describe('ConversationsStore', () => {
  function start() {
    const { bridge } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    const answers: ((list: ConversationList) => void)[] = [];
    spyOn(bridge, 'conversations').and.callFake(() => new Promise((resolve) => answers.push(resolve)));
    const view = (name: string) => buildView({ name, id: asConversationId(name) });
    const names = () => store.summaries().map(({ name }) => name);
    return { store, answers, view, names };
  }

  it('keeps a conversation that was opened while the list was on its way', async () => {
    const { store, answers, view, names } = start();
    const shown = store.show(APP);
    store.add(view('Ana'));

    answers[0]!({ conversations: [view('Kim')] });
    await shown;

    expect(names().sort()).toEqual(['Ana', 'Kim']);
  });

  it('takes nothing into its list that was opened for an app left meanwhile', async () => {
    const { store, answers, view, names } = start();
    const left = store.show(APP);
    const shown = store.show(OTHER_APP);
    store.add(view('Ana'));

    answers[1]!({ conversations: [] });
    answers[0]!({ conversations: [] });
    await Promise.all([left, shown]);

    expect(names()).toEqual([]);
  });

  it('has the list that was asked for last, in whatever order the answers come', async () => {
    const { store, answers, view, names } = start();
    const first = store.show(APP);
    const second = store.reload();
    answers[1]!({ conversations: [view('Kim'), view('Ana')] });
    await second;

    answers[0]!({ conversations: [view('Kim')] });
    await first;

    expect(names().length).toBe(2);
  });
});
