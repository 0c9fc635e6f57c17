import { AxiosError } from 'axios';

import { recordingLogger } from '../../testing/recording-logger.ts';
import { BridgeError } from '../errors/bridge-error.ts';

describe('the log', () => {
  it('is one JSON object a line with fields and a constant sentence', () => {
    const { log, lines } = recordingLogger();

    log.info({ account: 'demo', sequence: 3 }, 'webhook stored');

    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: jasmine.any(String),
      account: 'demo',
      sequence: 3,
      msg: 'webhook stored',
    });
  });

  it('holds no secret and no message text', () => {
    const { log, lines } = recordingLogger();

    log.warn(
      { password: 'canary-1', request: { headers: { Authorization: 'canary-2' } }, text: 'canary-3' },
      'x',
    );

    expect(lines.join()).not.toContain('canary');
  });

  it('tells of errors and their causes without what hangs on them', () => {
    const { log, lines } = recordingLogger();
    const cause = new AxiosError('connect failed', 'ECONNREFUSED', {
      headers: { Authorization: 'canary' } as never,
      data: 'canary',
    } as never);

    log.error({ err: new BridgeError('upstream-unreachable', 'cannot be reached', { cause }) }, 'x');

    const { err } = JSON.parse(lines[0] ?? '') as { err: unknown };
    expect(err).toEqual({
      type: 'BridgeError',
      message: 'cannot be reached',
      code: 'upstream-unreachable',
      stack: jasmine.any(String),
      cause: {
        type: 'AxiosError',
        message: 'connect failed',
        code: 'ECONNREFUSED',
        stack: jasmine.any(String),
      },
    });
    expect(lines.join()).not.toContain('canary');
  });

  it('takes what is thrown though it is no error', () => {
    const { log, lines } = recordingLogger();

    log.error({ err: 'just a text' }, 'x');

    expect(lines[0]).toContain('just a text');
  });
});
