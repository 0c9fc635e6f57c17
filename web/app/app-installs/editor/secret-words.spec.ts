import type { WebhooksCapability } from '#protocol/app-installation';

import { HERE, buildInstallation, endpointsAt } from '../../testing/build-installation';
import { secretWords } from './secret-words';

describe('secretWords', () => {
  function words(more: {
    grants?: readonly string[];
    webhooks?: WebhooksCapability;
    enabled?: boolean;
    hasSecret?: boolean;
  }): string | null {
    const { grants, ...parts } = more;
    return secretWords({ ...buildInstallation(parts), ...(grants && { grant_types: grants }) });
  }
  const webhooks = endpointsAt(HERE);

  it('speaks of tokens and of signatures where the app gets both', () => {
    expect(words({ webhooks })).toBe(
      'The app uses its id and secret to get tokens, and the secret to check the signature of every webhook.',
    );
    expect(words({ webhooks, grants: ['client_credentials'] })).toContain('to get tokens, and');
  });

  it('promises signatures only once there are endpoints', () => {
    expect(words({})).toBe(
      'The app uses its id and secret to get tokens. Once it has webhook endpoints, the secret also checks the signature of every webhook.',
    );
  });

  it('speaks of no tokens where the grant for them is missing', () => {
    expect(words({ webhooks, grants: ['authorization_code'] })).toBe(
      'The secret checks the signature of every webhook. The app gets no tokens for it: it lacks the client credentials grant.',
    );
    expect(words({ grants: [] })).toBe(
      'Nothing uses the secret: the app lacks the client credentials grant and has no webhook endpoints.',
    );
  });

  it('says that nothing uses the secret of a disabled app', () => {
    expect(words({ webhooks, enabled: false })).toBe('Nothing uses the secret while the app is disabled.');
  });

  it('says nothing of a secret that is not there', () => {
    expect(words({ webhooks, hasSecret: false })).toBeNull();
  });
});
