import type { ConversationView } from '#protocol/bridge-api';

import { DEMO_ADMINISTRATOR } from '../../emulator/emulator.ts';
import { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';

describe('the emulator’s survey, switched through the bridge', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const path = '/api/emulator/settings';
  const settings = async (by = browser) => (await by.get(path)).body;
  const set = (body: unknown, by = browser) => by.call('PUT', path, { body });
  /** Whether a survey follows the conversation when its agent ends the main dialog. */
  const isFollowed = async () => {
    const agent = `/api/emulator/conversations/${conversation.conversationId}/agent`;
    await browser.send(conversation, 'Hello', 'm1');
    for (const act of ['join', 'close']) expect((await browser.post(agent, { act })).status).toBe(204);
    const cloud = `${world.emulator.origin}/emulator/control/accounts/demo/conversations`;
    const answer = await fetch(`${cloud}/${conversation.conversationId}`);
    return ((await answer.json()) as { stage: string }).stage === 'OPEN';
  };

  it('follows as long as nobody has switched it off', async () => {
    expect(await settings()).toEqual({ hasSurvey: true });
    expect(await isFollowed()).toBeTrue();
  });

  it('follows no more when it is off, and is as it was when it is on again', async () => {
    expect((await set({ hasSurvey: false })).status).toBe(204);

    expect(await settings()).toEqual({ hasSurvey: false });
    expect(await isFollowed()).toBeFalse();
    expect((await set({ hasSurvey: true })).status).toBe(204);
    expect(await settings()).toEqual({ hasSurvey: true });
  });

  it('is each account’s own', async () => {
    const other = new TestBrowser(world.bridge.origin);
    const signedIn = await other.post('/api/sign-in', { account: 'demo2', ...DEMO_ADMINISTRATOR });
    expect(signedIn.status).toBe(200);

    await set({ hasSurvey: false });

    expect(await settings(other)).toEqual({ hasSurvey: true });
  });

  it('is switched by nobody who is not signed in, by no other site, and by nothing but yes or no', async () => {
    expect((await set({ hasSurvey: false }, new TestBrowser(world.bridge.origin))).problem().code).toBe(
      'not-signed-in',
    );
    const headers = { 'sec-fetch-site': 'cross-site' };
    const strange = await browser.call('PUT', path, { body: { hasSurvey: false }, headers });
    expect(strange.problem().code).toBe('cross-site');
    for (const wrong of [{ hasSurvey: 'no' }, {}, { hasSurvey: false, persona: 'echo' }])
      expect((await set(wrong)).problem().code).toBe('invalid-request');
    expect(await settings()).toEqual({ hasSurvey: true });
  });
});
