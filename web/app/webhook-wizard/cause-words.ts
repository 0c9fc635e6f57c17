import type { EndpointCause, EndpointCheck } from '#protocol/endpoint-check';

import type { StatusTone } from '../ui/status-chip';
import { refusalWords } from './signature-words';

/** What a person reads about the check of one endpoint. */
export interface CauseWords {
  /** On the chip. */
  readonly verdict: string;
  readonly tone: StatusTone;
  /** What it means; `null` where the verdict says it all. */
  readonly cause: string | null;
  /** What to do about it. */
  readonly remedy: string | null;
  /** Where it is done, when that is in this app. */
  readonly way: MendingWay | null;
}

/** Places of this app where something is mended: a step of the set-up, the app's headers, the list of apps, a new app. */
export type MendingWay = 'messaging' | 'endpoint' | 'headers' | 'list' | 'new-app';

const CLOUD_RULES = $localize`LivePerson posts only to https addresses that the whole internet can reach.`;
const RENEW = $localize`Renew it (Let’s Encrypt and tunnels do so by themselves), then run the check again.`;

/** Words for every cause; the compiler asks for a missing one. */
export const CAUSE_WORDS: Readonly<Record<EndpointCause, CauseWords>> = {
  working: { verdict: $localize`Arrives`, tone: 'ok', cause: null, remedy: null, way: null },
  slow: {
    verdict: $localize`Arrives slowly`,
    tone: 'warn',
    cause: $localize`The endpoint takes more than 2.5 s. LivePerson may switch off one that stays so for two minutes.`,
    remedy: $localize`Look at what stands between LivePerson and this server: a sleeping tunnel, a far proxy, a busy machine.`,
    way: null,
  },
  'no-endpoint': {
    verdict: $localize`No endpoint`,
    tone: 'neutral',
    cause: $localize`Notifications of this kind are sent to nobody.`,
    remedy: $localize`Enter this server’s URL in the step before if you want to see them.`,
    way: 'endpoint',
  },
  'invalid-url': failed(
    $localize`Not a URL`,
    $localize`What is configured is no http or https address.`,
    $localize`Correct the endpoint in the step before.`,
    'endpoint',
  ),
  'invalid-header': failed(
    $localize`Header not sendable`,
    $localize`A header that is configured for this endpoint cannot be sent over HTTP.`,
    $localize`Edit the app and correct the names and values of its headers.`,
    'headers',
  ),
  'not-signed': failed(
    $localize`Not tried`,
    $localize`The account gives no secret for this app, so that nothing can be signed.`,
    $localize`Install a new app: it gets an id and a secret of its own.`,
    'new-app',
  ),
  'not-https': failed(
    $localize`Not https`,
    CLOUD_RULES,
    $localize`Put a tunnel or a proxy with TLS in front of this server and enter its https address.`,
    'endpoint',
  ),
  'not-public': failed(
    $localize`Not public`,
    $localize`The address leads into a private network or to one machine. ${CLOUD_RULES}`,
    $localize`Start a tunnel to this server (the README says how) and enter its public address in the step before.`,
    'endpoint',
  ),
  'not-local': failed(
    $localize`Not on this machine`,
    $localize`The emulator posts to this machine and calls nothing else, and so does this check.`,
    $localize`Enter this server’s own URL, or use a LivePerson account to post to other hosts.`,
    'endpoint',
  ),
  'unknown-host': failed(
    $localize`Host not found`,
    $localize`No name server knows this host.`,
    $localize`Check the spelling. The address of a tunnel changes when it is started again: copy its new one.`,
    'endpoint',
  ),
  unreachable: failed(
    $localize`Nobody answers`,
    $localize`Nothing listens at this host and port, or the way there is closed.`,
    $localize`Check host and port. If a tunnel or proxy should answer there, start it, and see whether a firewall is in between.`,
    'endpoint',
  ),
  'connect-timeout': failed(
    $localize`No connection`,
    $localize`The host did not take the connection within 5 s. LivePerson waits no longer either.`,
    $localize`A firewall that drops packets is the usual reason: open the port, or use a tunnel.`,
    'endpoint',
  ),
  'connection-broke': failed(
    $localize`Connection broke`,
    $localize`The host took the event and ended the connection without an answer.`,
    $localize`Look into the log of the tunnel or proxy: it may not reach this server.`,
  ),
  'certificate-self-signed': failed(
    $localize`Certificate not trusted`,
    $localize`The certificate is self-signed. LivePerson trusts only known authorities.`,
    $localize`Use a certificate of a public authority, or a tunnel, which brings one along.`,
    'endpoint',
  ),
  'certificate-untrusted': failed(
    $localize`Certificate not trusted`,
    $localize`The chain does not lead to an authority that is known here; often the intermediate certificate is missing.`,
    $localize`Let the server send the whole chain (for Nginx: ${'`fullchain.pem`'}).`,
  ),
  'certificate-expired': failed(
    $localize`Certificate expired`,
    $localize`The certificate is not valid today.`,
    RENEW,
  ),
  'certificate-wrong-host': failed(
    $localize`Certificate of another host`,
    $localize`The certificate is not for the host name of this URL.`,
    $localize`Use the name that the certificate is for, or get a certificate for this one.`,
    'endpoint',
  ),
  'tls-too-old': failed(
    $localize`TLS too old`,
    $localize`The server speaks only versions before TLS 1.2.`,
    $localize`Switch on TLS 1.2 or 1.3 on the server or proxy.`,
  ),
  'tls-failed': failed(
    $localize`No TLS`,
    $localize`The port did not answer as a server with TLS does; it may speak plain http.`,
    $localize`Check the port and the scheme of the URL.`,
    'endpoint',
  ),
  'answer-timeout': failed(
    $localize`No answer in time`,
    $localize`The endpoint did not answer within 5 s. LivePerson counts that as failed.`,
    $localize`Answer first and work later. When this is a tunnel, see whether it reaches this server.`,
  ),
  redirected: failed(
    $localize`Redirects`,
    $localize`The endpoint sends the caller elsewhere. LivePerson does not follow.`,
    $localize`Enter the address where the way ends; often https or a trailing slash is what is missing.`,
    'endpoint',
  ),
  'wrong-path': failed(
    $localize`Wrong path`,
    $localize`A server answers, but nothing takes notifications at this path.`,
    $localize`This server’s path is ${'`/notifications/event`'}\: correct the endpoint, or the path to which a proxy passes it on. A tunnel that has ended answers the same way.`,
    'endpoint',
  ),
  'wrong-status': failed(
    $localize`Wrong status`,
    $localize`The endpoint answered with a status that does not acknowledge: only 200 and 201 do.`,
    $localize`Look into the log of the server or proxy that answered, or enter another address.`,
    'endpoint',
  ),
  elsewhere: {
    verdict: $localize`Points elsewhere`,
    tone: 'warn',
    cause: $localize`A server took the event, but it was not this one: what goes there will not show here.`,
    remedy: $localize`Enter this server’s URL in the step before, unless another program is meant to have it.`,
    way: 'endpoint',
  },
  'signature-refused': failed(
    $localize`Signature refused`,
    $localize`The event arrived unchanged, but its signature did not hold here.`,
    $localize`Let the tunnel or proxy pass the headers on as they are.`,
  ),
  'body-changed': failed(
    $localize`Changed on the way`,
    $localize`The event arrived with other bytes than were sent. The signature is over the exact bytes.`,
    $localize`Let the proxy pass the body on as it is: no reformatting, no compression, no scanning that rewrites.`,
  ),
};

/** Words for the check of one endpoint: what was seen can say more than the cause alone. */
export function wordsFor(check: EndpointCheck): CauseWords {
  const words = CAUSE_WORDS[check.cause];
  if (check.cause === 'signature-refused') return { ...words, ...refusalWords(check) };
  if (check.cause === 'wrong-status') return { ...words, ...STATUS_WORDS.get(check.status ?? 0) };
  return words;
}

const GATE = {
  cause: $localize`Something in front of the endpoint wants its callers to sign in. LivePerson cannot.`,
  remedy: $localize`Let callers through to this path without signing in, or enter another address.`,
};
const DEAD_END = {
  cause: $localize`A tunnel or proxy answers, but does not get through to what is behind it.`,
  remedy: $localize`See whether it leads to the port that this server listens on, or enter another address.`,
};
/** Statuses that say who it was that answered. */
const STATUS_WORDS: ReadonlyMap<number, Pick<CauseWords, 'cause' | 'remedy'>> = new Map([
  ...[401, 403, 407].map((status) => [status, GATE] as const),
  ...[502, 503, 504].map((status) => [status, DEAD_END] as const),
]);

function failed(verdict: string, cause: string, remedy: string, way: MendingWay | null = null): CauseWords {
  return { verdict, tone: 'danger', cause, remedy, way };
}
