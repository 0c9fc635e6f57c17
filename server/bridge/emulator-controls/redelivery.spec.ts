import type { EmulatorDeliveries, EmulatorDelivery } from '#protocol/emulator-controls';
import { isMessageChange } from '#protocol/webhook-notification';

import { DEMO_ADMINISTRATOR } from '../../emulator/emulator.ts';
import { ControlCaller, eventually } from '../../emulator/testing/control-caller.ts';
import { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';

describe('a webhook that is redelivered through the bridge', () => {
  let world: World;
  let browser: TestBrowser;
  let text: EmulatorDelivery;
  beforeEach(async () => {
    const { conversation, ...started } = await startWithConversation();
    ({ world, browser } = started);
    const control = new ControlCaller(world.emulator.origin);
    await control.call('PUT', `/accounts/demo/conversations/${conversation.conversationId}/persona`, {
      persona: 'silent',
    });
    await browser.send(conversation, 'Do you hear me twice?', 'm1');
    await eventually(async () => {
      const found = (await tries()).find(({ eventType }) => eventType.endsWith('.ContentEvent'));
      if (found) text = found;
      return found !== undefined;
    });
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const tries = async () =>
    ((await browser.get('/api/emulator/deliveries')).body as EmulatorDeliveries).deliveries;
  const redeliver = (id: unknown, by = browser) =>
    by.post(`/api/emulator/deliveries/${String(id)}/redeliver`);
  const arrived = async (redelivery: number) =>
    eventually(async () => (await tries()).some((each) => each.redelivery === redelivery));

  it('arrives, stands among the tries, and counts as delivered again (§8.7)', async () => {
    expect(text).toEqual(jasmine.objectContaining({ attempt: 1, redelivery: null, isKept: true }));

    for (const redelivery of [1, 2]) {
      expect((await redeliver(text.id)).status).toBe(202);
      await arrived(redelivery);
    }

    const again = (await tries()).filter(({ redelivery }) => redelivery !== null);
    expect(
      again.map(({ redelivery, attempt, outcome, status }) => [redelivery, attempt, outcome, status]),
    ).toEqual([
      [2, null, 'delivered', 200],
      [1, null, 'delivered', 200],
    ]);
    const original = (await tries()).find(({ id }) => id === text.id);
    expect(original?.redelivered).toEqual({ redelivery: 1, at: again[1]!.at });
    using log = browser.events();
    const counted = await log.until(() => log.of('webhook-duplicate').find(({ count }) => count === 2));
    const told = log
      .of('notification')
      .filter(({ change }) => isMessageChange(change) && 'message' in change.event);
    expect(told.map(({ sequence }) => sequence)).toEqual([counted.original]);
  });

  it('is refused in the emulator’s words while the app is disabled', async () => {
    const { id } = await browser.connectorApp();
    const path = `/api/installations/${id}`;
    const { installation, revision } = (await browser.get(path)).body as {
      installation: object;
      revision: string | null;
    };
    const body = { installation: { ...installation, enabled: false }, revision };
    expect((await browser.call('PUT', path, { body })).status).toBe(200);

    const refused = await redeliver(text.id);

    expect(refused.status).toBe(409);
    expect(refused.problem().code).toBe('redelivery-refused');
    expect(refused.problem().detail).toContain('The app is disabled');
    expect((await tries()).some(({ redelivery }) => redelivery !== null)).toBeFalse();
  });

  it('is refused for a try that is not known, or not the account’s, and for what is no id', async () => {
    const other = new TestBrowser(world.bridge.origin);
    const signedIn = await other.post('/api/sign-in', { account: 'demo2', ...DEMO_ADMINISTRATOR });
    expect(signedIn.status).toBe(200);

    expect((await redeliver(text.id, other)).problem().code).toBe('unknown-delivery');
    const [, number] = text.id.split('-');
    expect((await redeliver(`00000000-${number}`)).problem().code).toBe('unknown-delivery');
    expect((await redeliver(number)).problem().detail).toContain('before the emulator began anew');
    for (const none of ['a.b', '..%2F7', 'x'.repeat(65)]) {
      expect((await redeliver(none)).problem().code)
        .withContext(none)
        .toBe('invalid-request');
    }
    expect((await tries()).some(({ redelivery }) => redelivery !== null)).toBeFalse();
  });

  it('is there for nobody who is not signed in, and not for another site', async () => {
    const stranger = new TestBrowser(world.bridge.origin);
    expect((await redeliver(text.id, stranger)).problem().code).toBe('not-signed-in');
    const headers = { 'sec-fetch-site': 'cross-site' };
    const path = `/api/emulator/deliveries/${text.id}/redeliver`;
    expect((await browser.call('POST', path, { headers })).problem().code).toBe('cross-site');
  });
});
