import { Router } from 'express';

import { jsonBody } from '../api/request-body.ts';
import { accountRefusal } from '../api/upstream-error.ts';
import type { FaultBook, FaultEntry } from '../faults/fault-book.ts';
import { readFaultRule } from '../faults/fault-rule.ts';
import { queryNumber } from './control-request.ts';

/** Asks for faults, and tells which have happened. */
export function faultRoutes(faults: FaultBook): Router {
  const router = Router();

  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list().map(flat) });
  });

  router.post('/faults', (request, response) => {
    const reading = readFaultRule(jsonBody(request, accountRefusal));
    if ('problem' in reading) throw accountRefusal(400, reading.problem);
    const entry = faults.add(reading.rule);
    if (!entry) throw accountRefusal(409, 'There are too many faults: remove some');
    response.status(201).json(flat(entry));
  });

  router.get('/faults/firings', (request, response) => {
    const firings = faults.firingsAfter(queryNumber(request, 'after') ?? 0);
    response.json({ firings: firings.map(({ occasion, ...firing }) => ({ ...firing, ...occasion })) });
  });

  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });

  router.delete('/faults/:id', (request, response) => {
    if (!faults.remove(request.params.id))
      throw accountRefusal(404, `There is no fault ${request.params.id}`);
    response.status(204).end();
  });

  return router;
}

const flat = ({ id, rule, matched, fired }: FaultEntry): object => ({ id, ...rule, matched, fired });
