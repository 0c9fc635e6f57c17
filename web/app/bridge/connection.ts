/** What the connection chip says; told by proofs of life, not by the optimism of a socket. */
export type Connection =
  | { readonly kind: 'closed' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'catching-up'; readonly received: number }
  | { readonly kind: 'live' }
  | { readonly kind: 'gap'; readonly missed: number | null }
  | { readonly kind: 'reconnecting'; readonly since: number }
  | { readonly kind: 'offline' };

/** Whether what the bridge stores comes in as it happens. */
export const isFlowing = ({ kind }: Connection): boolean => kind === 'live' || kind === 'gap';

/** Whether the stream was lost and is looked for. */
export const isWaiting = ({ kind }: Connection): boolean => kind === 'reconnecting' || kind === 'offline';

/** No heartbeat for so long: the stream counts as dead, whatever the socket says. */
export const SILENCE_LIMIT_MS = 22_000;
