import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';

import { APP, LogWriter } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationsStore } from './conversations-store';
import { SeenMessages } from './seen-messages';
import { UnreadTitle } from './unread-title';

describe('UnreadTitle', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  it('counts unread messages before the title and takes the number away when they were seen', async () => {
    TestBed.configureTestingModule({ providers: [UnreadTitle] });
    const { log } = provideConversation();
    const writer = new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b');
    log.deliver(...writer.entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const title = TestBed.inject(Title);
    title.setTitle('Workbench · Demo');

    TestBed.inject(UnreadTitle).start();
    await settle();
    jasmine.clock().tick(300);
    expect(title.getTitle()).toBe('(2) Workbench · Demo');

    TestBed.inject(SeenMessages).note(writer.entries[0]!.conversationId!, ['c1/0', 'c1/1']);
    await settle();
    jasmine.clock().tick(300);
    expect(title.getTitle()).toBe('Workbench · Demo');
  });
});
