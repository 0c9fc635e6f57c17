import { isIPv6 } from 'node:net';

import { BridgeError } from '../errors/bridge-error.ts';
import { AttemptPace } from './attempt-pace.ts';

/**
 * Slows down who guesses passwords: per caller, and per account for guesses that come from many callers.
 *
 * Every attempt counts, right or wrong, and an account that does not exist counts like one that does: being refused
 * here tells nothing about either. The account's limit is a pause of seconds, because a stranger can use it up.
 */
export class SignInPace {
  private readonly callers: AttemptPace;
  private readonly accounts: AttemptPace;
  private readonly demos: AttemptPace;

  constructor(now: () => number) {
    this.callers = new AttemptPace({ burst: 10, refillMs: 6_000, now });
    this.accounts = new AttemptPace({ burst: 20, refillMs: 6_000, now });
    this.demos = new AttemptPace({ burst: 60, refillMs: 1_000, now });
  }

  /** Takes one attempt with a password. @throws BridgeError `too-many-requests` */
  admit(address: string | undefined, account: string): void {
    const caller = callerKey(address);
    const accountKey = account.toLowerCase();
    refuseIfEarly(Math.max(this.callers.waitMs(caller), this.accounts.waitMs(accountKey)));
    this.callers.take(caller);
    this.accounts.take(accountKey);
  }

  /** Takes one attempt with the emulator's own credentials. @throws BridgeError `too-many-requests` */
  admitDemo(address: string | undefined): void {
    const caller = callerKey(address);
    refuseIfEarly(this.demos.waitMs(caller));
    this.demos.take(caller);
  }
}

function refuseIfEarly(waitMs: number): void {
  if (waitMs === 0) return;
  // How long to wait is in the header alone: words that say it are untrue a second later.
  throw new BridgeError(
    'too-many-requests',
    'Attempts to sign in are slowed down here: each one counts, right or wrong.',
    { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  );
}

/** Whoever has one IPv6 address has a network of them; they count as one caller. */
export function callerKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.split('%', 1).join('');
  return isIPv6(plain) ? networkOf(plain) : address;
}

/** The first 64 bits. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after]
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':');
}
