import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';

import express from 'express';

import type { Problem } from '#protocol/problem';

import { giveRequestId } from '../http/request-id.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { problemHandler } from './problem-handler.ts';

describe('what a route throws', () => {
  /** The problem that tells of what is thrown, and the errors in the log. */
  async function toldOf(work: () => void): Promise<{ problem: Problem; logged: string }> {
    const { log, lines } = recordingLogger('error');
    const app = express().use(giveRequestId).get('/', work).use(problemHandler(log));
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
    server.close();
    return { problem: (await answer.json()) as Problem, logged: lines.join('') };
  }

  it('is called by what it is when the disk is full, and is no defect', async () => {
    using database = new DatabaseSync(':memory:');
    database.exec('PRAGMA max_page_count = 4; CREATE TABLE texts (text TEXT)');

    const { problem, logged } = await toldOf(() => {
      database.prepare('INSERT INTO texts VALUES (?)').run('x'.repeat(100_000));
    });

    expect([problem.status, problem.code]).toEqual([503, 'store-unavailable']);
    expect(problem.detail).toContain('the disk may be full');
    expect(logged).toBe('');
  });

  it('keeps the details of a defect in the log', async () => {
    using database = new DatabaseSync(':memory:');

    const { problem, logged } = await toldOf(() => database.exec('SELECT secret FROM nowhere'));

    expect([problem.status, problem.code]).toEqual([500, 'internal']);
    expect(problem.detail).not.toContain('nowhere');
    expect(logged).toContain('nowhere');
  });
});
