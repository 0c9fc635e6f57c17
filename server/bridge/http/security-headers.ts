import type { ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';
import helmet from 'helmet';

import { requestIdOf } from './request-id.ts';

/**
 * Marks the style elements that Angular adds as ours; a new one for each answer.
 *
 * The answer's id is random and not guessable before the answer exists, which is all that a nonce needs.
 */
export function styleNonceOf(response: ServerResponse): string {
  return requestIdOf(response).replaceAll('-', '');
}

/** No inline code, nothing of other sites but images that agents send, no framing. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrcElem: ["'self'", (_request, response) => `'nonce-${styleNonceOf(response)}'`],
        // Style attributes cannot run code; structured content of agents is drawn with them.
        styleSrc: ["'self'", (_request, response) => `'nonce-${styleNonceOf(response)}'`],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        // Text becomes markup or code only through a named policy: Angular's own, and the one in `drawing-policy.ts`.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['angular', 'default'],
      },
    },
    // Whoever ends TLS in front of the bridge knows whether every host name of the domain speaks it.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}
