import type { NotificationRefused } from '#protocol/bridge-events';

import { expectAccessible } from '../testing/expect-accessible';
import { APP, LogWriter, START, buildMessage, buildNotification } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

const refusal: NotificationRefused = {
  ...{ kind: 'notification-refused', deliveryId: 'd9', status: 401, reason: 'body-differs', appKey: APP },
  ...{ detail: 'This one is sha1-hex; taken: sha1-base64.', headers: { host: 'x' }, sizeBytes: 12 },
};

describe('WebhookDetail', () => {
  it('shows the whole notification with all its changes', async () => {
    const writer = new LogWriter();
    const change = {
      kind: 'notification',
      deliveryId: 'two',
      appKey: APP,
      type: 'ms.MessagingEventNotification',
    } as const;
    const rest = { signature: 'valid', headers: { 'x-test': 'yes' }, sizeBytes: 9, changeCount: 2 } as const;
    writer.add({ ...change, ...rest, changeIndex: 0, change: buildMessage({ text: 'first' }) });
    writer.add({ ...change, ...rest, changeIndex: 1, change: buildMessage({ text: 'second', sequence: 1 }) });
    const { element } = await renderInspector(writer, { item: 2 });

    const json = element.querySelector('app-json-view')!.textContent;
    expect(json).toContain('"first"');
    expect(json).toContain('"second"');
    expect(element.textContent).toContain('2 of 2');
    await expectAccessible(element);
  });

  it('says how long a webhook took until it was stored and answered', async () => {
    const writer = new LogWriter();
    writer.add({ ...buildNotification(buildMessage({ text: 'a' })), handledMs: 0.42 });
    const { element } = await renderInspector(writer, { item: 1 });

    expect(element.querySelector('app-webhook-row')?.textContent).toContain('0.42 ms');
    expect(element.querySelector('app-webhook-detail')?.textContent).toContain(
      '0.42 ms, then stored and answered',
    );
  });

  it('says when the cloud stamped what came later', async () => {
    const writer = new LogWriter();
    const change = { ...buildMessage({ sequence: 1 }), serverTimestamp: START - 500 };
    const { element } = await renderInspector(writer.notification(change), { item: 1 });

    expect(textOf(element.querySelector('.facts'))).toContain('1.5 s after the cloud stamped it at');
  });

  it('is copied as cURL by button and key, to this server; says when the bytes cannot be those that came', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'again'), { item: 1 });
    const copied = spyOn(navigator.clipboard, 'writeText').and.resolveTo();

    element.querySelector<HTMLElement>('app-copy-curl button')!.click();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true }));
    await fixture.whenStable();

    const [byButton, byKey] = copied.calls.allArgs().map(([text]) => text);
    expect(byButton).toContain(`curl -X POST '${location.origin}/notifications/event'`);
    expect(byButton).toContain('"message":"again"');
    expect(byKey).toBe(byButton);
    expect(textOf(element.querySelector('app-webhook-detail'))).toMatch(
      /written anew from what the log keeps of it: 1 of 1 changes, \d+ bytes instead of 300\./,
    );
    fixture.destroy();
  });

  it('says nothing of bytes that are as many as came', async () => {
    const change = buildMessage({ text: '😀' });
    const type = 'ms.MessagingEventNotification';
    const body = JSON.stringify({ kind: 'notification', type, body: { changes: [change] } });
    const writer = new LogWriter();
    writer.add({ ...buildNotification(change, type), sizeBytes: new TextEncoder().encode(body).length });
    const { element } = await renderInspector(writer, { item: 1 });

    expect(textOf(element.querySelector('app-webhook-detail'))).not.toContain('written anew');
  });

  it('calls nothing refused that was answered like what is taken, and says that it was not taken', async () => {
    const writer = new LogWriter();
    writer.add({ ...refusal, status: 200 }, null);
    const { element } = await renderInspector(writer, { item: 1 });

    const detail = textOf(element.querySelector('app-webhook-detail .note'));
    expect(detail).toContain('Not taken, though answered with 200 (observe mode): signature differs');
    expect(detail).not.toContain('Refused with');
  });

  it('marks a refused webhook and says what was wrong', async () => {
    const writer = new LogWriter();
    writer.add(refusal, null);
    const { element } = await renderInspector(writer, { item: 1 });

    expect(element.textContent).toContain('Refused with HTTP 401');
    expect(element.textContent).toContain('The signature does not match these bytes');
    expect(element.textContent).not.toContain('This one is');
    await expectAccessible(element);
  });

  it('names the form of a signature that is not taken', async () => {
    const writer = new LogWriter();
    writer.add({ ...refusal, reason: 'encoding-unexpected' }, null);
    const { element } = await renderInspector(writer, { item: 1 });

    expect(element.textContent).toContain('This one is sha1-hex');
  });
});
