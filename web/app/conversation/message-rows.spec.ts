import { buildMessage, CONVERSATION, LogWriter, SURVEY } from '../testing/log-entries';
import { withEntries } from './apply-entries';
import { NO_FACTS } from './conversation-facts';
import { replay, toState } from './conversation-state';
import type { Message } from './message';
import { messageRows } from './message-rows';
import { reuseMessages } from './reuse-messages';
import { textSegments } from './text-segments';

const HOUR = 3_600_000;
const messagesOf = (log: LogWriter) => replay(CONVERSATION, log.entries).messages;
const shape = (messages: readonly Message[]) =>
  messageRows(messages, CONVERSATION).map((row) =>
    row.kind === 'message'
      ? `${row.isContinued ? '+' : '-'}${row.message.id}${row.hasFooter ? ' footer' : ''}`
      : row.kind,
  );
const at = (message: Message | undefined, time: number): Message => {
  if (message === undefined) throw new Error('no such message');
  return { ...message, at: time };
};

describe('message rows', () => {
  it('group what one person says within a minute, with one footer', () => {
    const messages = messagesOf(new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b').echo(2, 'c'));

    expect(shape(messages)).toEqual(['day', '-c1/0', '+c1/1 footer', '-c1/2 footer']);
  });

  it('show each state where own messages of a group differ', () => {
    const log = new LogWriter().opened().echo(0, 'a').echo(1, 'b').agentReceipt('READ', [0]);

    expect(shape(messagesOf(log))).toEqual(['day', '-c1/0 footer', '+c1/1 footer']);
  });

  it('stand apart where a footer, a card or a picture lies between two of a group', () => {
    const log = new LogWriter().opened().echo(0, 'a').echo(1, 'b').agentReceipt('READ', [0]);
    const event = { type: 'RichContentEvent', content: { type: 'vertical', elements: [] } };
    log
      .agentSays(2, 'c')
      .agentSays(3, 'd')
      .notification(buildMessage({ sequence: 4, event }));

    const apart = messageRows(messagesOf(log), CONVERSATION).flatMap((row) =>
      row.kind === 'message' && row.isContinued ? [[row.message.id, row.isApart]] : [],
    );

    expect(apart).toEqual([
      ['c1/1', true],
      ['c1/3', false],
      ['c1/4', true],
    ]);
  });

  it('give the advice on a missing notification once, below the newest', () => {
    const missing = (message: Message): Message => ({
      ...message,
      delivery: message.delivery && { ...message.delivery, echo: 'missing' },
    });
    const messages = messagesOf(new LogWriter().opened().echo(0, 'a').echo(1, 'b').echo(2, 'c'));
    const [one, two, three] = messages;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three messages');

    const advised = messageRows([missing(one), missing(two), three], CONVERSATION).flatMap((row) =>
      row.kind === 'message' && row.missingEcho !== null ? [row.message.id] : [],
    );

    expect(advised).toEqual(['c1/1']);
  });

  it('begin a new day with a line', () => {
    const [one, two] = messagesOf(new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b'));
    const noon = new Date(2026, 0, 15, 12).getTime();

    expect(shape([at(one, noon), at(two, noon + 24 * HOUR)])).toEqual([
      'day',
      '-c1/0 footer',
      'day',
      '-c1/1 footer',
    ]);
  });

  it('mark where the survey begins', () => {
    const log = new LogWriter()
      .opened()
      .agentSays(0, 'a')
      .conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    log.agentSays(0, 'How was it?', { dialogId: SURVEY, role: 'AGENT' });

    expect(shape(messagesOf(log))).toContain('survey');
  });
});

describe('reused messages', () => {
  it('are the same objects where nothing changed', () => {
    const log = new LogWriter()
      .opened()
      .submitted('m1', 'a')
      .sent('m1', 0)
      .submitted('m2', 'b')
      .sent('m2', 1);
    const facts = withEntries(NO_FACTS, log.entries);
    const before = toState(CONVERSATION, facts).messages;
    const next = withEntries(facts, new LogWriter().agentReceipt('READ', [1]).entries);

    const after = reuseMessages(before, toState(CONVERSATION, next).messages);

    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(reuseMessages(after, toState(CONVERSATION, next).messages)).toBe(after);
  });
});

describe('text segments', () => {
  it('make links of web addresses only, without the sentence’s own signs', () => {
    expect(textSegments('See https://example.com/a?b=1, or javascript:alert(1).')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { text: ', or javascript:alert(1).', href: null },
    ]);
    const hrefs = ['/a.🙂', '/a👍🏽', '/a!❤️', '/a🇩🇪', '/😀/b'].map(
      (path) => textSegments(`https://example.com${path}`)[0]?.href,
    );
    const plain = 'https://example.com/a';
    expect(hrefs).toEqual([plain, plain, plain, plain, 'https://example.com/😀/b']);
  });
});
