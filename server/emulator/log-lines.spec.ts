import { logLines, type LogLinesOptions } from './log-lines.ts';

describe('The log in lines', () => {
  const NOW = new Date(2026, 10, 22, 19, 41, 7);

  function open(options: Partial<LogLinesOptions> = {}) {
    const lines: string[] = [];
    const log = logLines({
      level: 'info',
      now: () => NOW,
      isColoured: false,
      write: (line) => lines.push(line),
      ...options,
    });
    return { log, lines };
  }

  const webhook = {
    ...{ account: 'demo', appKey: 'a', conversationId: 'c', eventType: 'ms.X.ContentEvent', attempt: 1 },
    ...{ endpoint: 'http://localhost:9000/hook', status: 200, durationMs: 12.3 },
  };

  it('tells of a webhook when it went where, and what came of it after how long', () => {
    const { log, lines } = open();

    log.info(webhook, 'webhook delivered');

    expect(lines).toEqual(['19:41:07  ms.X.ContentEvent → http://localhost:9000/hook  200  12 ms\n']);
  });

  it('says why a webhook was not taken, and which try it was', () => {
    const { log, lines } = open();

    log.warn({ ...webhook, status: 500, attempt: 3 }, 'webhook not taken, it will be tried again');
    log.warn({ ...webhook, status: undefined, failure: 'connection refused' }, 'webhook lost');
    log.warn({ eventType: 'ms.X.ContentEvent', attempt: 1 }, 'webhook not sent');
    log.info({ ...webhook, attempt: undefined, redelivery: 2 }, 'webhook redelivered');

    expect(lines).toEqual([
      '19:41:07  ms.X.ContentEvent → http://localhost:9000/hook  500  12 ms  webhook not taken, it will be tried again  try 3\n',
      '19:41:07  ms.X.ContentEvent → http://localhost:9000/hook  connection refused  12 ms  webhook lost\n',
      '19:41:07  ms.X.ContentEvent → nowhere  webhook not sent\n',
      '19:41:07  ms.X.ContentEvent → http://localhost:9000/hook  200  12 ms  redelivery 2\n',
    ]);
  });

  it('tells of all else with what belongs to it', () => {
    const { log, lines } = open();

    log.error({ err: new Error('no room'), file: 'state.json', nothing: null }, 'state could not be written');
    log.info({ names: ['localhost'], count: 2 }, 'issued');

    expect(lines).toEqual([
      '19:41:07  state could not be written  err=no room  file=state.json\n',
      '19:41:07  issued  names=["localhost"]  count=2\n',
    ]);
  });

  it('tells nothing below its level', () => {
    const { log, lines } = open({ level: 'warn' });

    log.info(webhook, 'webhook delivered');
    log.warn({}, 'told');

    expect(lines).toEqual(['19:41:07  told\n']);
  });

  it('shows by colour what came of a webhook', () => {
    const { log, lines } = open({ isColoured: true });

    log.info(webhook, 'webhook delivered');

    expect(lines[0]).toContain('\u001b[32m200\u001b[39m');
  });
});
