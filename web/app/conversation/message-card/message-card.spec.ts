import { TestBed } from '@angular/core/testing';

import { buildFailure } from '../../testing/build-failure';
import { expectAccessible } from '../../testing/expect-accessible';
import { AGENT_ID, APP, CONVERSATION, LogWriter, MAIN, REFUSED } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { MessageCard } from './message-card';
import { edgesOf } from './place-beside';

async function openCard(writer: LogWriter, at: number) {
  const { bridge, log } = provideConversation();
  log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  await settle();
  const fixture = TestBed.createComponent(MessageCard);
  const asked: string[] = [];
  fixture.componentInstance.timelineAsked.subscribe((key) => asked.push(key));
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  fixture.componentInstance.open({ message: store.messages()[at]!, anchor: edgesOf([document.body]) });
  await fixture.whenStable();
  const press = async (name: string) => {
    [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name)!.click();
    await settle();
    await fixture.whenStable();
  };
  return { bridge, log, element, press, asked, fixture };
}

describe('MessageCard', () => {
  it('says who wrote it, when, and with which sequence in which dialog', async () => {
    const { element } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);

    for (const word of ['Agent', AGENT_ID, '7', MAIN]) expect(element.textContent).toContain(word);
    await expectAccessible(element);
  });

  for (const [code, words] of [
    ['upstream-rejected', 'answered: refused, nothing was published'],
    ['app-disabled', 'nothing was published'],
  ] as const) {
    it(`waits for nothing after ${code}`, async () => {
      const problem = { ...REFUSED, code };
      const writer = new LogWriter().opened().submitted('m1', 'Hi').failed('m1', { problem });

      const { element } = await openCard(writer, 0);

      expect(element.textContent).toContain(words);
      expect(element.textContent).not.toContain('no answer yet');
    });
  }

  it('tells each receipt by hand for just this message', async () => {
    const { bridge, element, press } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);

    for (const status of ['ACCEPT', 'READ', 'NACK', 'ACCESS']) await press(status);

    expect(bridge.acceptStatuses.map(({ request }) => request)).toEqual(
      (['ACCEPT', 'READ', 'NACK', 'ACCESS'] as const).map((status) => ({
        dialogId: MAIN,
        status,
        sequenceList: [7],
      })),
    );
    expect(element.querySelector('.told')?.textContent).toContain('ACCESS sent');
  });

  it('tells receipts that are pressed while another is on its way, in their order', async () => {
    const { bridge, element, press } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);
    const answers: (() => void)[] = [];
    const tell = bridge.sendAcceptStatus.bind(bridge);
    spyOn(bridge, 'sendAcceptStatus').and.callFake(async (...asked) => {
      await tell(...asked);
      await new Promise<void>((resolve) => answers.push(resolve));
    });
    await press('ACCEPT');
    await press('READ');
    expect(bridge.acceptStatuses.length).toBe(1);

    answers[0]!();
    await settle();
    answers[1]!();
    await settle();

    expect(bridge.acceptStatuses.map(({ request }) => request.status)).toEqual(['ACCEPT', 'READ']);
    expect(element.querySelector('.told')?.textContent).toContain('READ sent');
  });

  it('does not say of one message what came of another', async () => {
    const writer = new LogWriter().opened().agentSays(7, 'Hi').agentSays(8, 'Bye');
    const { bridge, element, press, fixture } = await openCard(writer, 0);
    const answer = Promise.withResolvers<undefined>();
    spyOn(bridge, 'sendAcceptStatus').and.returnValue(answer.promise);
    await press('ACCEPT');
    const [, other] = TestBed.inject(ConversationStore).messages();
    fixture.componentInstance.open({ message: other!, anchor: edgesOf([document.body]) });

    answer.resolve(undefined);
    await settle();
    await fixture.whenStable();

    expect(element.querySelector('.told')?.textContent).toBe('');
  });

  describe('an ACTION by hand', () => {
    const metadata = [{ type: 'ExternalId', id: 'ABC-1' }];
    const click = { actions: [{ type: 'publishText', text: 'add' }], metadata };
    const elements = [
      { type: 'text', text: 'Blue shoe' },
      { type: 'button', title: 'Read more', click: { actions: [] } },
      { type: 'horizontal', elements: [{ type: 'button', title: 'Add to cart', click }] },
    ];
    const event = { type: 'RichContentEvent', content: { type: 'vertical', elements } };
    const reply = { title: 'Yes!', click: { ...click, metadata: [{ type: 'ExternalId', id: 'Yes-1' }] } };
    const withReplies = {
      ...{ type: 'ContentEvent', contentType: 'text/plain', message: 'Do you like it?' },
      quickReplies: { type: 'quickReplies', replies: [reply] },
    };
    const editorOf = (element: HTMLElement) => element.querySelector<HTMLTextAreaElement>('.editor')!;
    async function write({ element, fixture }: Awaited<ReturnType<typeof openCard>>, text: string) {
      editorOf(element).value = text;
      editorOf(element).dispatchEvent(new Event('input'));
      await fixture.whenStable();
    }

    it('takes the metadata of the element that is chosen', async () => {
      const card = await openCard(new LogWriter().opened().agentSays(7, '', { event }), 0);
      await card.press('ACTION…');
      await expectAccessible(card.element);
      expect([...card.element.querySelectorAll('option')].map(({ text }) => text)).toEqual(['Add to cart']);

      await card.press('Send ACTION');

      expect(card.bridge.acceptStatuses.map(({ request }) => request)).toEqual([
        { dialogId: MAIN, status: 'ACTION', sequenceList: [7], metadata },
      ]);
      expect(card.element.querySelector('.told')?.textContent).toContain('ACTION sent');
    });

    it('sends what was written instead, or none where nothing is', async () => {
      const card = await openCard(new LogWriter().opened().agentSays(7, '', { event: withReplies }), 0);
      await card.press('ACTION…');
      expect(editorOf(card.element).value).toContain('Yes-1');

      await write(card, '{ "type": "Answer", "id": "x" }');
      await card.press('Send ACTION');
      await write(card, ' ');
      await card.press('Send ACTION');

      const about = { dialogId: MAIN, status: 'ACTION' as const, sequenceList: [7] };
      expect(card.bridge.acceptStatuses.map(({ request }) => request)).toEqual([
        { ...about, metadata: [{ type: 'Answer', id: 'x' }] },
        about,
      ]);
    });

    it('keeps what is no metadata, and says what is wrong with it', async () => {
      const card = await openCard(new LogWriter().opened().agentSays(7, '', { event }), 0);
      await card.press('ACTION…');

      for (const [text, words] of [
        ['[{', 'not valid JSON'],
        ['[1]', 'not an array of objects'],
        [JSON.stringify(Array.from({ length: 51 }, () => ({}))), 'there are 51'],
      ] as const) {
        await write(card, text);
        expect(card.element.querySelector('.field-error')?.textContent).toContain(words);
        await card.press('Send ACTION');
      }

      expect(card.bridge.acceptStatuses).toEqual([]);
      await expectAccessible(card.element);
    });

    it('is offered only where something can be used', async () => {
      const { element } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);

      expect(element.textContent).not.toContain('ACTION');
    });
  });

  it('shows a refusal of a receipt where it was asked for', async () => {
    const { bridge, element, press } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);
    bridge.refusal = buildFailure('upstream-rejected');

    await press('NACK');

    expect(element.querySelector('app-failure-note')).not.toBeNull();
  });

  it('says by which evidence an own message was read, also what comes while it is open', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 3).echo(3, 'Hi');
    const { log, element, fixture } = await openCard(writer, 0);
    expect(element.textContent).toContain('answered, notification came back');
    expect(element.textContent).not.toContain('NACK');

    log.deliver(writer.agentReceipt('READ', [3]).entries.at(-1)!);
    await fixture.whenStable();

    const read = [...element.querySelectorAll('.row')].find((row) => row.textContent.startsWith('Read'));
    expect(read?.textContent).toContain('by Agent');
    expect(read?.querySelector('code')?.textContent).toBe(AGENT_ID);
  });

  it('closes by its own button', async () => {
    const { element } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);
    const card = element.querySelector('.card')!;
    expect(card.matches(':popover-open')).toBeTrue();

    element.querySelector<HTMLButtonElement>('button[aria-label="Close"]')!.click();

    expect(card.matches(':popover-open')).toBeFalse();
  });

  it('leads to the message’s place in the timeline', async () => {
    const { press, asked } = await openCard(new LogWriter().opened().agentSays(7, 'Hi'), 0);

    await press('Show in the timeline');

    expect(asked).toEqual([`${MAIN}/7`]);
  });
});
