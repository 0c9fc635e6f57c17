import { TestBed } from '@angular/core/testing';

import { Pause } from './pause';

describe('Pause', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date('2026-01-15T10:00:00Z')));
  afterEach(() => jasmine.clock().uninstall());

  it('counts the seconds down to none', () => {
    const pause = TestBed.runInInjectionContext(() => new Pause());
    expect(pause.seconds()).toBe(0);

    pause.begin(6);
    expect(pause.seconds()).toBe(6);
    jasmine.clock().tick(5_250);
    expect(pause.seconds()).toBe(1);
    jasmine.clock().tick(5_000);

    expect(pause.seconds()).toBe(0);
  });
});
