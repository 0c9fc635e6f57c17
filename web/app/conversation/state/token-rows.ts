import type { ConversationTokens } from '#protocol/bridge-api';

import { exactWords } from '../../ui/time-words';
import type { StateGroup } from './state-rows';

/** How long the tokens last that the bridge speaks with; `null`: the bridge has not told yet. */
export function tokenGroup(tokens: ConversationTokens | null): StateGroup {
  const row = (name: string, value: string) => ({ name, value, canCopy: false });
  return {
    heading: $localize`Tokens, kept by the bridge`,
    rows:
      tokens === null
        ? []
        : [
            row($localize`app token`, appWords(tokens.appToken)),
            row($localize`consumer token`, consumerWords(tokens.consumerToken)),
          ],
  };
}

function appWords(token: ConversationTokens['appToken']): string {
  if (token === null) return $localize`none held; the next call fetches one`;
  return $localize`runs out at ${exactWords(token.expiresAt)}, renewed from ${exactWords(token.renewAt)} on`;
}

function consumerWords(token: ConversationTokens['consumerToken']): string {
  if (token === null) return $localize`none held; the next call fetches one`;
  return token.expiresAt === null
    ? $localize`does not run out`
    : $localize`runs out at ${exactWords(token.expiresAt)}`;
}
