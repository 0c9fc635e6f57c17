import {
  buildMessage,
  buildTurn,
  contentsOf,
  inShort,
  stepsOf,
  textsOf,
} from '../../testing/agent-builders.ts';
import { INSTANT_PACE } from '../agent-pace.ts';
import { PERSONAS } from '../personas.ts';
import { greeter } from './greeter.ts';

describe('The greeter', () => {
  const answerTo = (...turn: Parameters<typeof buildTurn>): string => {
    const answers = textsOf(greeter, buildTurn(...turn));
    expect(answers.length).toBe(1);
    return answers[0] ?? '';
  };

  it('greets, repeats what was written, and invites to ask for help', () => {
    expect(answerTo('Hi', { turnsBefore: 0 })).toBe(
      'Hello Ada, this is Mia. You wrote: “Hi” How can I help? Write "help" to see what I can do.',
    );
    expect(answerTo('Hi again')).toBe('You wrote: “Hi again” How can I help?');
  });

  it('greets without a name where the profile has none', () => {
    expect(answerTo('Hi', { consumerName: null, turnsBefore: 0 })).toContain('Hello, this is Mia. ');
  });

  it('takes thanks and says goodbye', () => {
    expect(answerTo('Thanks a lot')).toContain('welcome');
    expect(answerTo('ok, bye')).toContain('Goodbye');
  });

  it('lists on help everything that can be asked for, and every persona', () => {
    for (const text of ['Help!', '?', 'can you help me']) {
      const help = answerTo(text);
      expect(help).toContain('I am a script');
      for (const word of ['order', 'image', 'survey', 'transfer', 'note', 'form', 'slow', 'silence'])
        expect(help).toContain(`"${word}`);
      for (const name of Object.keys(PERSONAS)) expect(help).toContain(name);
    }
  });

  it('offers replies to press with its help only where the client can show them (§6.1)', () => {
    expect(contentsOf(greeter, buildTurn('help'))[0]?.quickReplies).toBeDefined();
    expect(contentsOf(greeter, buildTurn('help', { features: [] }))[0]?.quickReplies).toBeUndefined();
  });

  it('thanks for what is no text', () => {
    const file = { caption: 'cat.png', relativePath: '/v1/x.PNG', fileType: 'PNG' };

    expect(answerTo({ type: 'ContentEvent', contentType: 'hosted/file', message: file })).toContain(
      'received',
    );
    expect(answerTo({ type: 'RichContentEvent', content: { type: 'vertical' } })).toContain('received');
  });

  it('has seen what was pressed without a word', () => {
    expect(answerTo('', { messages: [], used: [{ type: 'ExternalId', id: 'x' }] })).toContain('pressed');
  });

  it('shortens a long message without cutting an emoji', () => {
    expect(answerTo('👩‍👩‍👧'.repeat(300))).toBe(`You wrote: “${'👩‍👩‍👧'.repeat(200)}…” How can I help?`);
  });

  it('accepts and reads all messages of the turn at once (§6.3.5)', () => {
    const messages = [0, 3, 4].map((sequence) => buildMessage('x', sequence));

    expect(inShort(stepsOf(greeter, buildTurn('x', { messages })))).toEqual([
      'ACCEPT 0,3,4',
      'READ 0,3,4',
      'COMPOSING',
      'ContentEvent',
      'ACTIVE',
    ]);
  });

  const handedOn: readonly (readonly [string, string, string])[] = [
    ['order', 'order 4711', 'RichContentEvent'],
    ['order', 'where is my order', 'ContentEvent'],
    ['order', '4711', 'RichContentEvent'],
    ['image', 'image', 'send-file'],
    ['image', ' A picture! ', 'send-file'],
    ['survey', 'Survey', 'close'],
    ['transfer', 'billing', 'transfer'],
  ];
  for (const [persona, text, step] of handedOn) {
    it(`has "${text}" answered by ${persona}`, () => {
      expect(inShort(stepsOf(greeter, buildTurn(text)))).toContain(step);
    });
  }

  it('does not answer to silence, and types thrice for slow', () => {
    expect(stepsOf(greeter, buildTurn('silence'))).toEqual([]);
    const steps = inShort(greeter.steps(buildTurn('slow'), INSTANT_PACE));
    expect(steps.filter((step) => step === 'COMPOSING').length).toBe(3);
  });

  it('takes keywords within sentences for what they are', () => {
    expect(answerTo('my computer is slow')).toContain('You wrote');
    expect(answerTo('what an image that was')).toContain('You wrote');
  });
});
