import { Service, inject, signal } from '@angular/core';

import { BROWSER_STORAGE } from '../../bridge/browser-storage';

/** What the page tells the agent by itself. */
export interface Automatic {
  /** COMPOSING and PAUSE. */
  readonly typing: boolean;
  /** ACTIVE and GONE. */
  readonly presence: boolean;
  /** INACTIVE, after {@link Automatic.idleAfterSeconds}. */
  readonly idle: boolean;
  readonly idleAfterSeconds: number;
  readonly accept: boolean;
  readonly read: boolean;
  /** ACCESS for files that are opened. */
  readonly access: boolean;
  /** ACTION for what is used of structured content. */
  readonly action: boolean;
}

export type AutomaticSwitch = Exclude<keyof Automatic, 'idleAfterSeconds'>;

export const ALL_AUTOMATIC: Automatic = {
  ...{ typing: true, presence: true, idle: true, idleAfterSeconds: 120 },
  ...{ accept: true, read: true, access: true, action: true },
};

/** Bounds of the idle time in seconds: long enough to type, short enough to wait for. */
export const IDLE_SECONDS = { min: 5, max: 3_600 } as const;

const STORAGE_KEY = 'automatic-behaviour';

/** Which chat states and receipts go out by themselves; remembered in this browser. */
@Service({ autoProvided: false })
export class AutomaticSettings {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly kept = signal(readAutomatic(this.storage.get(STORAGE_KEY)));

  readonly current = this.kept.asReadonly();

  set(change: Partial<Automatic>): void {
    const next = { ...this.kept(), ...change };
    this.kept.set(next);
    this.storage.set(STORAGE_KEY, JSON.stringify(next));
  }
}

/** Reads what was remembered; what does not fit is as it is at first. */
export function readAutomatic(stored: string | null): Automatic {
  const value = parse(stored);
  const isOn = (name: AutomaticSwitch): boolean => {
    const kept = value[name];
    return typeof kept === 'boolean' ? kept : ALL_AUTOMATIC[name];
  };
  const seconds = value['idleAfterSeconds'];
  return {
    ...{ typing: isOn('typing'), presence: isOn('presence'), idle: isOn('idle') },
    ...{ accept: isOn('accept'), read: isOn('read'), access: isOn('access'), action: isOn('action') },
    idleAfterSeconds:
      typeof seconds === 'number' && seconds >= IDLE_SECONDS.min && seconds <= IDLE_SECONDS.max
        ? seconds
        : ALL_AUTOMATIC.idleAfterSeconds,
  };
}

function parse(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Unreadable is as good as nothing.
    return {};
  }
}
