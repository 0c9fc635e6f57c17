import type { ConversationTokens, ConversationView } from '#protocol/bridge-api';

import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { AppTokens } from './app-tokens.ts';
import type { ConsumerTokens } from './consumer-tokens.ts';

export interface TokenTimesDeps {
  readonly access: CloudAccess;
  readonly appTokens: AppTokens;
  readonly consumerTokens: ConsumerTokens;
}

/** Tells how long the tokens last that a conversation is spoken with, and never the tokens. */
export class TokenTimes {
  private readonly deps: TokenTimesDeps;

  constructor(deps: TokenTimesDeps) {
    this.deps = deps;
  }

  of(session: SignedIn, { appKey, consumer: { externalId } }: ConversationView): ConversationTokens {
    const { access, appTokens, consumerTokens } = this.deps;
    return {
      appToken: appTokens.timesOf(access.contextOf(session), appKey),
      consumerToken: consumerTokens.timesOf(session.account, { appKey, externalId }),
    };
  }
}
