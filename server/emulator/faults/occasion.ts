import type { CallRule, FaultRule, WebhookRule } from './fault-rule.ts';

/** A call that came, or a webhook that is about to go: where a fault may happen. `null`: it has no such thing. */
interface Circumstances {
  readonly account: string | null;
  readonly app: string | null;
  readonly conversation: string | null;
  readonly eventType: string | null;
  /** Chance is drawn per consumer, so that what happens in one conversation does not change what happens in another. */
  readonly consumer: string | null;
}

export interface CallOccasion extends Circumstances {
  readonly on: 'call';
  readonly service: string | null;
  readonly method: string;
  readonly path: string;
  readonly requestType: string | null;
  /** Without a token there is none that could have expired. */
  readonly hasToken: boolean;
}

export interface WebhookOccasion extends Circumstances {
  readonly on: 'webhook';
  /** 1 for the first try. */
  readonly attempt: number;
}

export type Occasion = CallOccasion | WebhookOccasion;

/** Whether the rule is about this occasion. */
export function isMeant(rule: FaultRule, occasion: Occasion): boolean {
  if (!isCommonMatch(rule, occasion)) return false;
  if (rule.on === 'call') return occasion.on === 'call' && isCallMeant(rule, occasion);
  return occasion.on === 'webhook' && isWebhookMeant(rule, occasion);
}

function isCommonMatch({ match }: FaultRule, occasion: Occasion): boolean {
  return (
    fits(match.account, occasion.account) &&
    fits(match.app, occasion.app) &&
    fits(match.conversation, occasion.conversation) &&
    isEventType(match.eventType, occasion.eventType)
  );
}

function isCallMeant(rule: CallRule, occasion: CallOccasion): boolean {
  const { match } = rule;
  return (
    fits(match.service, occasion.service) &&
    fits(match.method?.toUpperCase(), occasion.method) &&
    fits(match.requestType, occasion.requestType) &&
    (match.path === undefined || isPath(match.path, occasion.path)) &&
    (rule.kind !== 'expired-token' || occasion.hasToken)
  );
}

const isWebhookMeant = ({ match }: WebhookRule, { attempt }: WebhookOccasion): boolean =>
  match.attempt === undefined || match.attempt === attempt;

const fits = (wanted: string | undefined, given: string | null): boolean =>
  wanted === undefined || wanted === given;

const isEventType = (wanted: string | undefined, given: string | null): boolean =>
  fits(wanted, given) || (given?.endsWith(`.${wanted ?? ''}`) ?? false);

/** Walks the parts between the stars: a pattern of a person must not cost more than its length allows. */
function isPath(pattern: string, path: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return pattern === path;
  if (!path.startsWith(head)) return false;
  let from = head.length;
  for (const part of rest) {
    const found = path.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return path.length - tail.length >= from && path.endsWith(tail);
}
