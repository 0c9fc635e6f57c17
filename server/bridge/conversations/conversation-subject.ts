import type { Request } from 'express';

import type { ConversationView } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { pathParameter } from '../http/parameters.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { Conversations } from './conversations.ts';

export interface SubjectDeps {
  readonly browser: BrowserSession;
  readonly conversations: Conversations;
}

/** Whose request it is, and the conversation it names: only one's own can be named. */
export function subjectOf(
  request: Request,
  { browser, conversations }: SubjectDeps,
): { session: SignedIn; conversation: ConversationView } {
  const session = browser.require(request);
  const id = asConversationId(pathParameter(request, 'id'));
  return { session, conversation: conversations.find(session, id) };
}
