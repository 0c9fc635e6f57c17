import { TestBed } from '@angular/core/testing';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { contrastOf } from '../../testing/contrast-of';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, buildMessage, CONVERSATION, LogWriter, MAIN, REFUSED, SURVEY } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { AutomaticSettings } from '../controls/automatic-settings';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { QuickReplyButtons } from './quick-replies';
import { chosenReply, readQuickReplies } from './quick-replies-reading';
import { metadataKey } from './element-click';

const answer = (id: string) => [{ type: 'Answer', questionId: 'q', id, provider: 'AC' }];
const reply = (title: string, publish = title) => ({
  ...{ type: 'button', title, tooltip: `Rate ${title}` },
  click: { actions: [{ type: 'publishText', text: publish }], metadata: answer(publish) },
});
const QUICK_REPLIES = {
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: [reply('One', '1'), reply('Two', '2')],
};

const question = (dialogId: string = MAIN, quickReplies: object = QUICK_REPLIES) =>
  buildMessage({
    ...{ sequence: 1, dialogId },
    event: { type: 'ContentEvent', contentType: 'text/plain', message: 'How was it?', quickReplies },
  });

/** What senders choose: pale on paper, loud, and dark on bright. */
const STYLES = [
  { color: '#4d4e4e', 'background-color': '#ffffff', 'border-color': '#d0d2d3' },
  { color: '#ffffff', 'background-color': '#b00020' },
  { color: '#000000', 'background-color': '#ffd600', 'border-color': '#000000' },
];

async function renderReplies(log = new LogWriter().opened().conversation().notification(question())) {
  const parts = provideConversation();
  parts.log.deliver(...log.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  const fixture = TestBed.createComponent(QuickReplyButtons);
  fixture.componentRef.setInput(
    'message',
    store.messages().find(({ sequence }) => sequence === 1)!,
  );
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const buttons = () => [...element.querySelectorAll('button')];
  const press = async (at: number) => {
    buttons()[at]!.click();
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, fixture, element, buttons, press };
}

describe('quick replies', () => {
  it('are shown on plain text, and say their text and metadata, not their title', async () => {
    const { bridge, element, buttons, press } = await renderReplies();
    expect(buttons().map((button) => [button.textContent.trim(), button.title])).toEqual([
      ['One', 'Rate One'],
      ['Two', 'Rate Two'],
    ]);
    await expectAccessible(element);

    await press(1);

    expect(bridge.acceptStatuses.map(({ request }) => request)).toEqual([
      { dialogId: MAIN, status: 'ACTION', sequenceList: [1], metadata: answer('2') },
    ]);
    expect(bridge.messages.map(({ request }) => [request.content, request.metadata])).toEqual([
      [{ type: 'text', text: '2' }, answer('2')],
    ]);
    expect(buttons().every(({ ariaDisabled }) => ariaDisabled === 'true')).toBeTrue();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`of a sender’s colours can be read and are told as buttons where it is ${scheme}`, async () => {
      const replies = STYLES.map((style, at) => ({ ...reply(`${at}`), style }));
      const log = new LogWriter().opened().conversation().notification(question(MAIN, { replies }));
      const { element, buttons } = await renderReplies(log);
      document.body.append(element);
      Object.assign(element.style, { colorScheme: scheme, background: 'var(--surface-page)' });
      const page = getComputedStyle(element).backgroundColor;

      for (const button of buttons()) {
        const { color, backgroundColor, borderTopColor } = getComputedStyle(button);
        const edges = [backgroundColor, borderTopColor].map((edge) => contrastOf(edge, page));
        expect(contrastOf(color, backgroundColor)).withContext(button.textContent).toBeGreaterThan(4.5);
        expect(Math.max(...edges))
          .withContext(button.textContent)
          .toBeGreaterThan(3);
      }
      element.remove();
    });
  }

  it('keep the keyboard’s place when pressed, and say nothing twice', async () => {
    const { bridge, element, press, buttons } = await renderReplies();
    document.body.append(element);
    buttons()[1]!.focus();

    await press(1);
    await press(0);

    expect(document.activeElement).toBe(buttons()[1]!);
    expect(bridge.messages.length).toBe(1);
    element.remove();
  });

  it('say their text without an ACTION where that is switched off', async () => {
    const { bridge, press } = await renderReplies();
    TestBed.inject(AutomaticSettings).set({ action: false });

    await press(1);

    expect(bridge.acceptStatuses).toEqual([]);
    expect(bridge.messages.map(({ request }) => request.content)).toEqual([{ type: 'text', text: '2' }]);
  });

  it('cannot be pressed twice while the first press is under way', async () => {
    const { bridge, buttons, press } = await renderReplies();

    buttons()[0]!.click();
    buttons()[0]!.click();
    await press(1);

    expect(bridge.acceptStatuses.length).toBe(1);
    expect(bridge.messages.length).toBe(1);
  });

  it('stay, and tell after a reload which was given', async () => {
    const log = new LogWriter()
      .opened()
      .conversation()
      .notification(question())
      .ownReceipt('ACTION', [1], MAIN, answer('2'))
      .submitted('m1', '2')
      .sent('m1', 3);
    const { element, buttons } = await renderReplies(log);

    expect(buttons().map(({ ariaDisabled, ariaPressed }) => [ariaDisabled, ariaPressed])).toEqual([
      ['true', 'false'],
      ['true', 'true'],
    ]);
    await expectAccessible(element);
  });

  it('know a reply from the notification of the ACTION alone', async () => {
    const echo = {
      ...buildMessage({
        sequence: 2,
        role: 'CONSUMER',
        event: { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [1] },
      }),
      metadata: answer('1'),
    };
    const { buttons } = await renderReplies(
      new LogWriter().opened().conversation().notification(question()).notification(echo),
    );

    expect(buttons().map(({ ariaPressed }) => ariaPressed)).toEqual(['true', 'false']);
  });

  it('are done with when the consumer has answered in words', async () => {
    const log = new LogWriter()
      .opened()
      .conversation()
      .notification(question())
      .submitted('m1', 'fine')
      .sent('m1', 3);
    const { buttons } = await renderReplies(log);

    expect(
      buttons().map(({ ariaDisabled, ariaPressed, title }) => [ariaDisabled, ariaPressed, title]),
    ).toEqual([
      ['true', null, 'None was chosen, and the conversation went on'],
      ['true', null, 'None was chosen, and the conversation went on'],
    ]);
  });

  it('can be pressed again when the agent could not be told, and say why', async () => {
    const { bridge, element, press, buttons } = await renderReplies();
    bridge.refusal = new BridgeFailure(REFUSED);

    await press(0);

    expect(bridge.messages).toEqual([]);
    expect(element.querySelector('[role=alert]')).not.toBeNull();
    expect(buttons()[0]!.ariaDisabled).toBe('false');
  });

  it('of a closed dialog cannot be pressed', async () => {
    const closed = new LogWriter().opened().notification(question()).conversation({ state: 'CLOSE' });
    expect((await renderReplies(closed)).buttons()[0]!.title).toBe('The conversation is closed');

    TestBed.resetTestingModule();
    const log = new LogWriter().opened().notification(question());
    log.conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    expect((await renderReplies(log)).buttons()[0]!.title).toBe('The dialog is closed');
  });

  it('of a survey go into the dialog of the survey', async () => {
    const log = new LogWriter()
      .opened()
      .conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' })
      .notification(question(SURVEY));
    const { bridge, press } = await renderReplies(log);

    await press(0);

    expect(bridge.acceptStatuses[0]?.request.dialogId).toBe(SURVEY);
    expect(bridge.messages[0]?.request.dialogId).toBe(SURVEY);
  });
});

describe('reading quick replies', () => {
  it('takes what can be said and counts the rest', () => {
    const link = {
      type: 'button',
      title: 'Link',
      click: { actions: [{ type: 'link', uri: 'https://example.com' }] },
    };
    const many = Array.from({ length: 30 }, (_, at) => reply(String(at)));

    expect(readQuickReplies(undefined)).toBeNull();
    expect(readQuickReplies({ replies: 'x' })).toBeNull();
    expect(readQuickReplies({ replies: [link, null, { title: '' }, reply('ok')] })).toEqual(
      jasmine.objectContaining({ leftOut: 3 }),
    );
    expect(readQuickReplies({ replies: many })?.replies.length).toBe(24);
    expect(readQuickReplies({ replies: many })?.leftOut).toBe(6);
  });

  it('does not guess between replies that cannot be told apart', () => {
    const bare = {
      type: 'quickReplies',
      replies: ['Yes', 'No'].map((title) => ({
        ...reply(title),
        click: { actions: [{ type: 'publishText', text: title }] },
      })),
    };
    const { replies } = readQuickReplies(bare)!;
    const uses = new Set([metadataKey(null)]);

    expect(chosenReply(replies, uses, null)).toBeNull();
    expect(chosenReply(replies, uses, 'No')).toBe(1);
    expect(chosenReply(replies, new Set(), 'No')).toBeNull();
  });
});
