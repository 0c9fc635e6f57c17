import { BoundedMap } from '../state/bounded-map.ts';
import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { CallRule, FaultKind, FaultRule, WebhookRule } from './fault-rule.ts';
import { isMeant } from './occasion.ts';
import type { CallOccasion, Occasion, WebhookOccasion } from './occasion.ts';
import type { KeptFaults } from './kept-faults.ts';
import { seededDraw } from './seeded-draw.ts';

/** A rule in force. */
export interface FaultEntry {
  readonly id: string;
  readonly rule: FaultRule;
  /** How many occasions it was about. */
  readonly matched: number;
  readonly fired: number;
}

/** A fault that happened. */
export interface Firing {
  /** Grows by one with every firing. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly rule: string;
  readonly kind: FaultKind;
  readonly occasion: Occasion;
}

export interface FaultBookDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: EmulatorLog;
  /** Told when a rule has been asked: what it counts has changed. */
  readonly changed: () => void;
}

/** Rules beyond it are refused. */
export const MOST_RULES = 200;
const MOST_FIRINGS = 2000;
const MOST_STREAMS = 20_000;

interface Kept extends FaultEntry {
  matched: number;
  fired: number;
  readonly turns: BoundedMap<string, number>;
}

/** The faults that were asked for, and which of them have happened. */
export class FaultBook {
  private readonly entries = new Map<string, Kept>();
  private firings: Firing[] = [];
  private added = 0;
  private firedInAll = 0;
  private readonly deps: FaultBookDeps;

  constructor(deps: FaultBookDeps) {
    this.deps = deps;
  }

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  /** Rules that may still fire. */
  get inForce(): number {
    return [...this.entries.values()].filter(({ rule, fired }) => fired < (rule.count ?? Infinity)).length;
  }

  /** `null` when there are too many already. */
  add(rule: FaultRule): FaultEntry | null {
    if (this.entries.size >= MOST_RULES) return null;
    this.added += 1;
    const entry: Kept = {
      id: `fault-${this.added}`,
      rule,
      matched: 0,
      fired: 0,
      turns: new BoundedMap(MOST_STREAMS),
    };
    this.entries.set(entry.id, entry);
    return told(entry);
  }

  list(): readonly FaultEntry[] {
    return [...this.entries.values()].map(told);
  }

  /** Whether there was such a rule. */
  remove(id: string): boolean {
    return this.entries.delete(id);
  }

  /** Ends all rules and forgets what has fired. */
  clear(): void {
    this.entries.clear();
    this.firings = [];
  }

  /** The rules in force, and how far each has come. */
  keep(): KeptFaults {
    const rules = [...this.entries.values()].map(({ turns, ...entry }) => ({
      ...entry,
      turns: turns.list().map(([stream, turn]): [string, number] => [stream, turn]),
    }));
    return { added: this.added, fired: this.firedInAll, rules };
  }

  /** Puts these in the place of all; they go on where they were. */
  restore({ added, fired, rules }: KeptFaults): void {
    this.clear();
    this.added = added;
    this.firedInAll = fired;
    for (const { turns, ...entry } of rules) {
      const kept: Kept = { ...entry, turns: new BoundedMap(MOST_STREAMS) };
      for (const [stream, turn] of turns) kept.turns.set(stream, turn);
      this.entries.set(kept.id, kept);
    }
  }

  /** What has fired after the firing of this number, oldest first. */
  firingsAfter(number: number): readonly Firing[] {
    return this.firings.filter((firing) => firing.number > number);
  }

  /** The fault that happens to a call: of the rules about it, the first that fires. */
  meetCall(occasion: CallOccasion): CallRule | null {
    const rule = this.meet(occasion, () => true);
    return rule?.on === 'call' ? rule : null;
  }

  /** The fault that happens to a webhook as it is sent; changes of order happen before, in {@link meetOrder}. */
  meetWebhook(occasion: WebhookOccasion): WebhookRule | null {
    const rule = this.meet(occasion, ({ kind }) => kind !== 'reorder');
    return rule?.on === 'webhook' ? rule : null;
  }

  /** How long a webhook is to be held back until another has overtaken it; `null`: it is not. */
  meetOrder(occasion: WebhookOccasion): number | null {
    const rule = this.meet(occasion, ({ kind }) => kind === 'reorder');
    return rule?.kind === 'reorder' ? rule.ms : null;
  }

  private meet(occasion: Occasion, isAsked: (rule: FaultRule) => boolean): FaultRule | null {
    for (const entry of this.entries.values()) {
      if (!isAsked(entry.rule) || !isMeant(entry.rule, occasion)) continue;
      if (!this.doesFire(entry, occasion)) continue;
      this.report(entry, occasion);
      return entry.rule;
    }
    return null;
  }

  private doesFire(entry: Kept, { consumer, account }: Occasion): boolean {
    const { rule, turns } = entry;
    entry.matched += 1;
    this.deps.changed();
    const stream = `${account ?? ''} ${consumer ?? ''}`;
    const turn = turns.get(stream) ?? 0;
    turns.set(stream, turn + 1);
    if (entry.matched <= rule.skip) return false;
    if (rule.count !== null && entry.fired >= rule.count) return false;
    return seededDraw(rule.seed, stream, turn) < rule.probability;
  }

  private report(entry: Kept, occasion: Occasion): void {
    entry.fired += 1;
    this.firedInAll += 1;
    const { id, rule } = entry;
    const at = this.deps.clock.now();
    this.firings.push({ number: this.firedInAll, at, rule: id, kind: rule.kind, occasion });
    // Dropped by halves, so that not every firing moves the whole list.
    if (this.firings.length > MOST_FIRINGS) this.firings = this.firings.slice(-MOST_FIRINGS / 2);
    this.deps.log.info({ rule: id, kind: rule.kind, ...occasion }, 'fault fired');
  }
}

const told = ({ id, rule, matched, fired }: Kept): FaultEntry => ({ id, rule, matched, fired });
