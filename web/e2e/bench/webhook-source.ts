import type { Page } from '@playwright/test';
import type { InstallationSecret } from '#protocol/bridge-api';
import { notification, textChange } from '../../../server/testing/notifications.ts';
import { postWebhook } from '../../../server/testing/post-webhook.ts';
import { connectorApp } from '../webhook-set-up.ts';
import type { World } from '../world.ts';

/** Posts an agent's messages to the bridge as the cloud does, signed. */
export interface WebhookSource {
  readonly conversationId: string;
  /** One webhook with these messages; sequences count on from those before. */
  post(texts: readonly string[]): Promise<void>;
  /** One webhook that says that the consumer has read all of them. */
  postRead(): Promise<void>;
}

/** @param firstSequence Above all that the conversation has. */
export async function openWebhookSource(
  page: Page,
  world: World,
  conversationId: string,
  firstSequence = 1_000,
): Promise<WebhookSource> {
  const { id } = await connectorApp(page);
  const answer = await page.request.post(`/api/installations/${id}/secret`);
  const { clientSecret } = (await answer.json()) as InstallationSecret;
  let sequence = firstSequence;
  const post = async (changes: readonly object[]): Promise<void> => {
    const body = notification(changes.map((change) => ({ ...change, serverTimestamp: Date.now() })));
    const answered = await postWebhook(world.origin, { body, appKey: id, secret: clientSecret ?? '' });
    if (answered.status !== 200) throw new Error(`The webhook was answered with ${answered.status}`);
  };
  return {
    conversationId,
    post: (texts) => post(texts.map((text) => textChange({ text, conversationId, sequence: sequence++ }))),
    postRead() {
      const sequenceList = Array.from({ length: sequence - firstSequence }, (_, at) => firstSequence + at);
      const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList };
      const change = textChange({ conversationId, sequence: sequence++, role: 'CONSUMER' });
      return post([{ ...change, event }]);
    },
  };
}
