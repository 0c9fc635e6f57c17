import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCheck } from '#protocol/endpoint-check';

import { HERE } from './build-installation';

/** A check that went well, or without an endpoint; name only what matters. */
export function buildEndpointCheck({
  type = WEBHOOK_EVENT_TYPES[1],
  url = HERE,
  ...rest
}: Partial<EndpointCheck> = {}): EndpointCheck {
  const isSent = url !== null;
  return {
    ...{ type, url, cause: isSent ? 'working' : 'no-endpoint' },
    ...{ addresses: isSent ? ['127.0.0.1'] : [], tls: null, status: isSent ? 200 : null },
    ...{
      hasArrived: isSent,
      signature: isSent ? 'valid' : null,
      missingHeaders: [],
      durationMs: isSent ? 12.4 : null,
      error: null,
    },
    ...rest,
  };
}
