import type { WebhookEventType } from './app-installation.ts';
import type { SignatureVerdict } from './bridge-events.ts';

/**
 * `POST /api/installations/{id}/check`, no body: posts a signed event of the bridge's own to each configured endpoint and
 * answers what became of it. Such an event is never part of a conversation nor of any list.
 */
export interface EndpointCheckAnswer {
  /** Epoch milliseconds. */
  readonly checkedAt: number;
  /** What keeps notifications away whatever the endpoints say. */
  readonly findings: readonly SetupFinding[];
  /** One per kind of notification, in the order of `WEBHOOK_EVENT_TYPES`. */
  readonly endpoints: readonly EndpointCheck[];
}

/** Something about the account or the app as a whole. */
export type SetupFinding =
  | { readonly kind: 'app-disabled' }
  | { readonly kind: 'messaging-off' }
  /** The account does not list the property, or it could not be read. */
  | { readonly kind: 'messaging-unknown' }
  /** The account gave no secret for the app: nothing can be signed. */
  | { readonly kind: 'secret-missing' }
  /** The account has a newer secret than the bridge knew until this check; from now on it knows it. */
  | { readonly kind: 'secret-renewed' }
  /** The app was changed through this bridge so lately that the cloud may not act upon it yet. @see PROTOCOL.md §4.2.1 */
  | { readonly kind: 'change-pending'; readonly changedAt: number; readonly inEffectAt: number };

export const ENDPOINT_CAUSES = [
  'working',
  'slow',
  'no-endpoint',
  'invalid-url',
  'invalid-header',
  'not-signed',
  'not-https',
  'not-public',
  'not-local',
  'unknown-host',
  'unreachable',
  'connect-timeout',
  'connection-broke',
  'certificate-self-signed',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-host',
  'tls-too-old',
  'tls-failed',
  'answer-timeout',
  'redirected',
  'wrong-path',
  'wrong-status',
  'elsewhere',
  'signature-refused',
  'body-changed',
] as const;

/** How the check of one endpoint ended: `working` and `slow` arrive, everything else names what is wrong. */
export type EndpointCause = (typeof ENDPOINT_CAUSES)[number];

/** One endpoint and everything that was seen on the way to it. */
export interface EndpointCheck {
  readonly type: WebhookEventType;
  /** `null`: none is configured. */
  readonly url: string | null;
  readonly cause: EndpointCause;
  /** What the host name leads to; empty when it was not looked up or leads nowhere. */
  readonly addresses: readonly string[];
  /** `null`: plain HTTP, or it did not come to a handshake. */
  readonly tls: TlsFacts | null;
  /** HTTP status; `null`: no answer. */
  readonly status: number | null;
  /** Whether the event came back to this bridge. */
  readonly hasArrived: boolean;
  /** How its signature looked here; `null`: it did not arrive. */
  readonly signature: SignatureVerdict | null;
  /** Headers that vouch for the event and did not arrive with it, in lower case. */
  readonly missingHeaders: readonly string[];
  /** From the first step to the end of the answer; `null`: nothing was sent. */
  readonly durationMs: number | null;
  /** The exact failure as the network told it, e.g. `connect ECONNREFUSED 127.0.0.1:9`; `null`: there was none. */
  readonly error: string | null;
}

/** The TLS connection that was offered. */
export interface TlsFacts {
  /** E.g. `TLSv1.3`; `null`: none was agreed on. */
  readonly protocol: string | null;
  /** Names that the certificate is for. */
  readonly names: readonly string[];
  readonly issuer: string | null;
  /** Epoch milliseconds. */
  readonly validTo: number | null;
  /** Why the chain is not trusted, e.g. `CERT_HAS_EXPIRED`; `null`: it is. */
  readonly error: string | null;
}
