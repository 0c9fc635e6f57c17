import { TestBed } from '@angular/core/testing';

import { APP, LogWriter, MAIN, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { messageKey } from './conversation-facts';
import { RECEIPT_DELAY_MS, ReceiptReporter } from './receipt-reporter';

describe('ReceiptReporter', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());

  async function startReporter({ isCaughtUp = true } = {}) {
    const parts = provideConversation();
    if (!isCaughtUp) parts.log.connection.set({ kind: 'catching-up', received: 1 });
    const reporter = TestBed.inject(ReceiptReporter);
    reporter.reportFor(APP);
    const told = () =>
      parts.bridge.receipts.map(({ request }) => `${request.status} ${request.sequenceList.join()}`);
    const wait = async (ms = RECEIPT_DELAY_MS) => {
      await settle();
      jasmine.clock().tick(ms);
      await settle();
    };
    await settle();
    return { ...parts, reporter, told, wait, writer: new LogWriter().opened() };
  }

  it('accepts what arrives, together', async () => {
    const { log, told, wait, writer } = await startReporter();

    log.deliver(...writer.agentSays(0, 'a').agentSays(1, 'b').entries);
    await wait();

    expect(told()).toEqual(['ACCEPT 0,1']);
  });

  it('does not wait for the end of a stream of messages', async () => {
    const { log, told, wait, writer } = await startReporter();
    log.deliver(...writer.entries);

    for (let at = 0; at < 12; at += 1) {
      log.deliver(...writer.agentSays(at, 'more').entries.slice(-1));
      await wait(RECEIPT_DELAY_MS - 50);
    }

    expect(told()).toEqual(['ACCEPT 0,1,2,3,4,5,6,7,8,9']);
  });

  it('reports as read what is on the screen while somebody looks, and only then', async () => {
    const { log, reporter, presence, told, wait, writer } = await startReporter();
    presence.leave();
    log.deliver(...writer.agentSays(0, 'a').agentSays(1, 'b').entries);
    reporter.setOnScreen(new Set([messageKey(MAIN, 1)]));
    await wait();
    expect(told()).toEqual(['ACCEPT 0,1']);

    presence.comeBack();
    await wait();
    expect(told()).toEqual(['ACCEPT 0,1', 'READ 1']);
  });

  it('tells nothing twice while the log has not yet said that it was told', async () => {
    const { log, told, wait, writer } = await startReporter();
    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();

    log.deliver(...writer.agentSays(1, 'b').entries.slice(-1));
    await wait();

    expect(told()).toEqual(['ACCEPT 0', 'ACCEPT 1']);
  });

  it('waits for the rest of the log, which may say that all was told', async () => {
    const { log, told, wait, writer } = await startReporter({ isCaughtUp: false });
    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();
    expect(told()).toEqual([]);

    log.deliver(...writer.ownReceipt('ACCEPT', [0]).entries.slice(-1));
    log.connection.set({ kind: 'live' });
    await wait();
    expect(told()).toEqual([]);
  });

  it('tries again later after a refusal, and gives up after a while', async () => {
    const { bridge, log, told, wait, writer } = await startReporter();
    bridge.refusal = new Error('refused');
    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();
    expect(told().length).toBe(1);

    for (let hour = 0; hour < 3; hour += 1) await wait(3_600_000);
    await wait(3_600_000);
    await wait(3_600_000);
    expect(told().length).toBe(5);

    bridge.refusal = null;
    log.deliver(...writer.agentSays(1, 'b').entries.slice(-1));
    await wait();
    expect(told().at(-1)).toBe('ACCEPT 0,1');
  });

  it('tries again when the cloud refused, unless the dialog was closed', async () => {
    const { bridge, log, told, wait, writer } = await startReporter();
    bridge.receiptOutcome = 'refused';
    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();
    await wait(5_000);
    expect(told()).toEqual(['ACCEPT 0', 'ACCEPT 0']);

    log.deliver(...writer.conversation({ state: 'CLOSE' }).entries.slice(-1));
    await wait(120_000);
    expect(told().length).toBe(2);
  });

  it('waits no longer because several receipts were refused at once', async () => {
    const { bridge, log, reporter, told, wait, writer } = await startReporter();
    bridge.receiptOutcome = 'refused';
    reporter.setOnScreen(new Set([messageKey(MAIN, 0)]));
    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();

    await wait(5_000);
    await wait(10_000);

    expect(told()).toEqual(Array.from({ length: 3 }, () => ['ACCEPT 0', 'READ 0']).flat());
  });

  it('tells of thousands by several calls', async () => {
    const { log, told, wait, writer } = await startReporter();
    for (let at = 0; at < 501; at += 1) writer.agentSays(at, 'a');

    log.deliver(...writer.entries);
    await wait();

    expect(told().map((words) => words.split(',').length)).toEqual([500, 1]);
  });

  it('leaves conversations of other apps alone', async () => {
    const { log, reporter, told, wait, writer } = await startReporter();
    reporter.reportFor('another app' as typeof APP);

    log.deliver(...writer.agentSays(0, 'a').entries);
    await wait();

    expect(told()).toEqual([]);
  });
});
