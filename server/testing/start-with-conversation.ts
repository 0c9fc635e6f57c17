import type { ConversationView } from '#protocol/bridge-api';

import { TestBrowser } from './browser.ts';
import { startWorld, type World } from './start-world.ts';

/** A world, somebody signed in to it, and a conversation that is open. */
export interface WorldWithConversation {
  /** The caller disposes of it. */
  readonly world: World;
  readonly browser: TestBrowser;
  readonly conversation: ConversationView;
}

export async function startWithConversation(): Promise<WorldWithConversation> {
  const world = await startWorld();
  const browser = new TestBrowser(world.bridge.origin);
  await browser.signInToDemo();
  return { world, browser, conversation: await browser.openConversation() };
}
