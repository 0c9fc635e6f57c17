import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { DeafEndpoint } from '../testing/deaf-endpoint.ts';
import { startLoopbackServer } from '../testing/loopback-server.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('A webhook endpoint to which no connection comes about (§8.5)', () => {
  it('is given 5 s, not less, and the webhook is lost then', async () => {
    const clock = new VirtualClock();
    clock.stop();
    await using deaf = await DeafEndpoint.start();
    await using cloud = await startTestCloud({ clock, webhookUrl: deaf.url });
    const control = new ControlCaller(cloud.emulator.origin);
    await cloud.caller.opened(await cloud.caller.consumer());

    await clock.advance(4999, { patienceMs: 10 });
    expect(await control.deliveries()).toEqual([]);
    await clock.advance(1, { patienceMs: 10 });
    await eventually(async () => (await control.deliveries()).length === 1);

    expect(await control.deliveries()).toEqual([
      jasmine.objectContaining({
        eventType: WEBHOOK_EVENT_TYPES[0],
        outcome: 'lost',
        status: null,
        failure: 'connecting took too long',
        reason: 'no-connection',
        nextAt: null,
      }),
    ]);
  });

  it('is told apart from one that takes the connection and says nothing', async () => {
    const clock = new VirtualClock();
    clock.stop();
    await using cloud = await startTestCloud({ clock });
    cloud.receiver.respond = () => undefined;
    const control = new ControlCaller(cloud.emulator.origin);
    await cloud.caller.opened(await cloud.caller.consumer());
    await cloud.receiver.waitFor(() => true);

    await clock.advance(5000, { patienceMs: 10 });
    await eventually(async () => (await control.deliveries()).length === 1);

    expect((await control.deliveries())[0]).toEqual(
      jasmine.objectContaining({ failure: 'answering took too long', reason: 'no-answer', durationMs: 5000 }),
    );
  });

  it('is told apart from one that is gone, also where its name has several addresses', async () => {
    const gone = await startLoopbackServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    const webhookUrl = `${gone.origin.replace('127.0.0.1', 'localhost')}/hook`;
    await using cloud = await startTestCloud({ webhookUrl });
    const control = new ControlCaller(cloud.emulator.origin);
    await cloud.caller.opened(await cloud.caller.consumer());
    await eventually(async () => (await control.deliveries()).length === 1);

    const [told] = await control.deliveries();
    expect(told).toEqual(jasmine.objectContaining({ status: null, reason: 'refused' }));
    expect(told?.['failure']).toContain('ECONNREFUSED');
  });
});
