import type { AccountId, ConversationId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { ExchangeRecorder } from '../event-store/exchange-recorder.ts';
import type { AccountServices } from '../upstream/account-services.ts';
import type { AdminContext } from '../upstream/app-installation-client.ts';
import type { UpstreamContext } from '../upstream/upstream-call.ts';
import type { SignedIn } from './session-store.ts';

/** Origin of the directory that serves the account; `null`: it belongs to an emulator that is off. */
export type DirectoryOriginOf = (account: AccountId) => string | null;

/** How a signed-in person reaches the cloud. */
export class CloudAccess {
  private readonly directoryOriginOf: DirectoryOriginOf;
  private readonly recorder: ExchangeRecorder;

  constructor(directoryOriginOf: DirectoryOriginOf, recorder: ExchangeRecorder) {
    this.directoryOriginOf = directoryOriginOf;
    this.recorder = recorder;
  }

  isServed(account: AccountId): boolean {
    return this.directoryOriginOf(account) !== null;
  }

  /** @throws BridgeError `demo-unavailable` */
  directoryOrigin(account: AccountId): string {
    const origin = this.directoryOriginOf(account);
    if (origin !== null) return origin;
    throw new BridgeError(
      'demo-unavailable',
      'Accounts whose number starts with "demo" are served by the emulator, which is off (EMULATOR_ENABLED).',
    );
  }

  services({ account, cloud }: Pick<SignedIn, 'account' | 'cloud'>): AccountServices {
    return { account, directoryOrigin: this.directoryOrigin(account), hosts: cloud.hosts };
  }

  /** The person's context; exchanges go into their log, filed under the conversation when one is given. */
  contextOf(session: SignedIn, conversationId: ConversationId | null = null): AdminContext {
    const audience = { account: session.account, owner: session.userId };
    return this.contextWith(session, this.recorder.into(audience, conversationId), conversationId);
  }

  /** The same with another taker of exchanges. */
  contextWith(
    session: SignedIn,
    record: UpstreamContext['record'],
    conversationId: ConversationId | null = null,
  ): AdminContext {
    const { account, userId: owner, cloud } = session;
    const begin = this.recorder.begin({ account, owner }, conversationId);
    return { services: this.services(session), bearer: cloud.bearer, record, begin };
  }
}
