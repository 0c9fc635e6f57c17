import { Router } from 'express';
import * as v from 'valibot';

import { accountRefusal } from '../api/upstream-error.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { Clock } from '../clock.ts';
import { controlBody } from './control-request.ts';

const LONGEST_ADVANCE_MS = 400 * 86_400_000;
const amount = v.exactOptional(v.pipe(v.number(), v.minValue(0)));

const advanceSchema = v.strictObject({
  days: amount,
  hours: amount,
  minutes: amount,
  seconds: amount,
  ms: amount,
  /** Real time that one endpoint may take. */
  patienceMs: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000))),
});
const UNIT_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, ms: 1 } as const;
const UNITS = ['days', 'hours', 'minutes', 'seconds', 'ms'] as const;

const movementSchema = v.strictObject({ isRunning: v.boolean() });

/** Reads and moves the emulator's clock. */
export function clockRoutes(clock: Clock): Router {
  const router = Router();

  router.get('/clock', (_request, response) => {
    response.json(reading(movable(clock)));
  });

  router.put('/clock', (request, response) => {
    const { isRunning } = controlBody(request, movementSchema);
    const moved = movable(clock);
    if (isRunning) moved.start();
    else moved.stop();
    response.json({ ...reading(moved), isRunning });
  });

  router.post('/clock/advance', async (request, response) => {
    const { patienceMs, ...spans } = controlBody(request, advanceSchema);
    const ms = UNITS.reduce((sum, unit) => sum + (spans[unit] ?? 0) * UNIT_MS[unit], 0);
    if (ms <= 0) throw accountRefusal(400, `Say how far: ${UNITS.join(', ')}`);
    if (ms > LONGEST_ADVANCE_MS) throw accountRefusal(400, 'At most 400 days at once');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const moved = movable(clock);
    await moved.advance(ms, { signal: gone.signal, ...(patienceMs !== undefined && { patienceMs }) });
    response.json(reading(moved));
  });

  return router;
}

function movable(clock: Clock): VirtualClock {
  if (clock instanceof VirtualClock) return clock;
  throw accountRefusal(409, 'This emulator was started with a clock that cannot be moved');
}

function reading(clock: VirtualClock): object {
  const { now, nextTaskAt, ...rest } = clock.read();
  return {
    now: new Date(now).toISOString(),
    epochMs: now,
    ...rest,
    nextTaskAt: nextTaskAt === null ? null : new Date(nextTaskAt).toISOString(),
  };
}
