import type { ClientFeature } from '#protocol/connector/envelope';
import type { ConsumerId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { AdminContext } from '../upstream/app-installation-client.ts';
import type { ConnectorCredentials } from '../upstream/conversation-client.ts';
import type { AppTokens } from './app-tokens.ts';
import type { ConsumerKey, ConsumerTokens } from './consumer-tokens.ts';

/** Who speaks, and what is announced with each call. */
export interface Speaker extends ConsumerKey {
  readonly features: readonly ClientFeature[];
}

export interface SpeakerCredentials extends ConnectorCredentials {
  readonly consumerId: ConsumerId;
}

/** The vendor's code of a consumer token that it does not take. @see PROTOCOL.md §6.6 */
const INVALID_CONSUMER_TOKEN = '40103';

/** Makes calls of the Connector API with valid tokens; one that ran out is renewed, and the call repeated, once. */
export class ConnectorCalls {
  private readonly appTokens: AppTokens;
  private readonly consumerTokens: ConsumerTokens;

  constructor(appTokens: AppTokens, consumerTokens: ConsumerTokens) {
    this.appTokens = appTokens;
    this.consumerTokens = consumerTokens;
  }

  async run<Result>(
    context: AdminContext,
    speaker: Speaker,
    call: (credentials: SpeakerCredentials) => Promise<Result>,
  ): Promise<Result> {
    const appToken = await this.appTokens.get(context, speaker.appKey);
    let triedBefore = 0;
    try {
      const credentials = await this.credentials(context, speaker, appToken);
      triedBefore += 1;
      return await call(credentials);
    } catch (error) {
      // A call refused for its token was not carried out, so repeating it cannot do it twice.
      if (!(error instanceof BridgeError && error.code === 'token-refused')) throw error;
      this.forget(context, speaker, { appToken, code: error.upstream?.code ?? null });
      const renewed = await this.appTokens.get(context, speaker.appKey);
      return call({ ...(await this.credentials(context, speaker, renewed)), triedBefore });
    }
  }

  private async credentials(
    context: AdminContext,
    speaker: Speaker,
    appToken: string,
  ): Promise<SpeakerCredentials> {
    const { token, consumerId } = await this.consumerTokens.get(context, speaker, appToken);
    return { appToken, consumerToken: token, consumerId, features: speaker.features };
  }

  private forget(
    context: AdminContext,
    speaker: Speaker,
    { appToken, code }: { readonly appToken: string; readonly code: string | null },
  ): void {
    if (code === INVALID_CONSUMER_TOKEN) this.consumerTokens.forget(context.services.account, speaker);
    else this.appTokens.forget(context, speaker.appKey, appToken);
  }
}
