import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import * as v from 'valibot';

import { quickRepliesSchema, richContentSchema } from '../../api/rich-content-schema.ts';
import {
  buildMessage,
  buildTurn,
  contentsOf,
  inShort,
  publishedBy,
  stepsOf,
  textsOf,
} from '../../testing/agent-builders.ts';
import { HUMAN_PACE } from '../agent-pace.ts';
import type { AgentScript, Turn } from '../agent-script.ts';
import { externalId } from '../content.ts';
import { demoPicture } from '../demo-picture.ts';
import { PERSONAS } from '../personas.ts';
import { echo } from './echo.ts';
import { form } from './form.ts';
import { human } from './human.ts';
import { image } from './image.ts';
import { note } from './note.ts';
import { isAboutOrder, order } from './order.ts';
import { silent } from './silent.ts';
import { slow } from './slow.ts';
import { survey } from './survey.ts';
import { transfer } from './transfer.ts';

const PERSON = ['ACCEPT 0', 'READ 0', 'COMPOSING', 'ContentEvent', 'ACTIVE'];

/** What a turn is answered with, as JSON: for what is looked for, wherever it stands. */
const said = (script: AgentScript, turn: Turn): string => JSON.stringify(publishedBy(stepsOf(script, turn)));

describe('The echo', () => {
  it('says every message again', () => {
    const messages = [buildMessage('one', 0), buildMessage('two 👋', 2)];

    expect(textsOf(echo, buildTurn('', { messages }))).toEqual(['one', 'two 👋']);
  });

  it('says what came that is no text', () => {
    const file = { type: 'ContentEvent' as const, contentType: 'hosted/file', message: { caption: 'x' } };
    const secure = { ...file, contentType: 'forms/secure-submission' };
    const rich = { type: 'RichContentEvent' as const, content: {} };
    const messages = [file, secure, rich].map((event, index) => buildMessage(event, index));

    expect(textsOf(echo, buildTurn('', { messages }))).toEqual([
      'You sent a file.',
      'You sent forms/secure-submission.',
      'You sent structured content.',
    ]);
    expect(textsOf(echo, buildTurn('', { messages: [], used: externalId('x') }))[0]).toContain('"x"');
  });
});

describe('The order script', () => {
  const NOTHING: Partial<Turn> = { features: [] };

  it('shows the order that is named as a card with a link, a button and replies (§12)', () => {
    for (const text of ['order 4711', 'Where is order no. 4711?', '4711', '#4711']) {
      const [card] = publishedBy(stepsOf(order, buildTurn(text))).filter(
        ({ type }) => type === 'RichContentEvent',
      );
      const json = JSON.stringify(card);
      expect(json).withContext(text).toContain('Order 4711');
      expect(json).toContain('"type":"link"');
      expect(json).toContain('"text":"cancel order 4711"');
      expect(json).toContain('"quickReplies"');
    }
  });

  it('says the same of the same order, and something else of others', () => {
    expect(said(order, buildTurn('order 4711'))).toBe(said(order, buildTurn('order 4711')));
    const sentence = (number: string): string =>
      textsOf(order, buildTurn(`order ${number}`, NOTHING))[0] ?? '';
    expect(new Set(['4711', '4712', '4713', '4714'].map((number) => sentence(number).slice(10))).size).toBe(
      4,
    );
  });

  it('sends words to clients that cannot show cards (§6.1)', () => {
    expect(textsOf(order, buildTurn('order 4711', NOTHING))).toEqual([
      jasmine.stringContaining('Order 4711'),
    ]);
    expect(said(order, buildTurn('order 4711', { features: ['RICH_CONTENT'] }))).not.toContain(
      'quickReplies',
    );
    expect(textsOf(order, buildTurn('where is my order', NOTHING))[0]).toContain(
      '"order 4711" or "order 4712"',
    );
  });

  it('asks for the number, with replies to press', () => {
    const [question] = contentsOf(order, buildTurn('Where is my order?'));

    expect(question?.message).toContain('Which order');
    expect(JSON.stringify(question?.quickReplies)).toContain('"text":"order 4711"');
  });

  it('cancels only when it was asked twice', () => {
    const [really] = contentsOf(order, buildTurn('cancel order 4711'));
    expect(really?.message).toContain('really cancel order 4711');
    expect(JSON.stringify(really?.quickReplies)).toContain('"text":"yes, cancel order 4711"');

    expect(textsOf(order, buildTurn('yes, cancel order 4711'))[0]).toContain('is cancelled');
    expect(textsOf(order, buildTurn('no, keep order 4711'))[0]).toContain('stays as it is');
  });

  it('takes note of a link that was opened, which comes without words (§12.4)', () => {
    const used = (id: string): Turn => buildTurn('', { messages: [], used: externalId(id) });

    expect(textsOf(order, used('track-order-4711'))[0]).toContain('tracking page of order 4711');
    expect(textsOf(order, used('cancel-order-4711'))[0]).toContain('pressed');
    const ids = ['track-order-4711', 'reply-cancel-order-4711', 'other'];
    expect(ids.map((id) => isAboutOrder(used(id)))).toEqual([true, true, false]);
  });

  it('knows when orders are meant', () => {
    const isMeant = (text: string): boolean => isAboutOrder(buildTurn(text));
    const meant = [
      'order',
      'Order!',
      'order 4711',
      'cancel order 4711',
      'yes, cancel order 1',
      'where is my parcel?',
    ];
    expect(meant.map(isMeant)).toEqual([true, true, true, true, false, true]);
    expect(['in order to win', 'Hello', '12', 'call me at nine'].map(isMeant)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('Structured content of scripts (§12)', () => {
  const texts = ['help', 'order 4711', 'order', 'cancel order 4711', 'where is my order?'];
  for (const text of texts) {
    it(`is valid for "${text}"`, () => {
      const events = publishedBy(stepsOf(PERSONAS.greeter, buildTurn(text)));
      let checked = 0;
      for (const event of events) {
        if (event.type === 'RichContentEvent') {
          expect(v.is(richContentSchema, event.content)).toBe(true);
          checked += 1;
        }
        if ('quickReplies' in event && event.quickReplies !== undefined) {
          expect(v.is(quickRepliesSchema, event.quickReplies)).toBe(true);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(0);
    });

    it(`names no two things alike that can be pressed, for "${text}"`, () => {
      for (const event of publishedBy(stepsOf(PERSONAS.greeter, buildTurn(text)))) {
        const names = JSON.stringify(event).match(/"metadata":\[[^\]]*\]/g) ?? [];
        expect(names).toEqual([...new Set(names)]);
      }
    });
  }
});

describe('The image sender', () => {
  it('types, sends its file and says so (§6.3.2)', () => {
    expect(inShort(stepsOf(image, buildTurn('image')))).toEqual([
      'ACCEPT 0',
      'READ 0',
      'COMPOSING',
      'send-file',
      'ACTIVE',
      'ContentEvent',
    ]);
  });

  it('has a picture that is a PNG, always the same, its preview below 30 KB (§6.3.2)', () => {
    const { bytes, preview, fileType } = demoPicture();
    const header = bytes.subarray(12, 29);

    expect(fileType).toBe('PNG');
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect(bytes.readUInt32BE(29)).toBe(crc32(header));
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([160, 120]);
    expect(preview.length).toBeLessThan(30 * 1024);
    const digest = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
    expect(digest(demoPicture().bytes)).toBe(digest(bytes));
  });
});

describe('The other scripts', () => {
  it('survey: says goodbye and closes as an agent does (§11.3)', () => {
    expect(inShort(stepsOf(survey, buildTurn('survey')))).toEqual([...PERSON, 'close']);
    expect(textsOf(survey, buildTurn('survey'))[0]).toContain('survey follows');
  });

  it('survey: says which feature a client lacks for it (§11.3)', () => {
    const [goodbye] = textsOf(survey, buildTurn('survey', { features: ['RICH_CONTENT', 'QUICK_REPLIES'] }));

    expect(goodbye).toContain('MULTI_DIALOG');
    expect(goodbye).not.toContain('RICH_CONTENT');
  });

  it('slow: types three times, much longer than others, before it answers', () => {
    const steps = slow.steps(buildTurn('Hi'), HUMAN_PACE);
    const waited = steps.reduce((sum, step) => sum + (step.do === 'pause' ? step.ms : 0), 0);

    expect(inShort(steps)).toEqual([
      'ACCEPT 0',
      'READ 0',
      ...['COMPOSING', 'ACTIVE', 'COMPOSING', 'ACTIVE', 'COMPOSING', 'ContentEvent', 'ACTIVE'],
    ]);
    expect(waited).toBeGreaterThan(9 * HUMAN_PACE.typeMs);
  });

  it('silent: does nothing at all', () => {
    expect(stepsOf(silent, buildTurn('Hi'))).toEqual([]);
  });

  it('note: writes what only agents may see, and what everybody may (§8.3)', () => {
    const audiences = stepsOf(note, buildTurn('note')).flatMap((step) =>
      step.do === 'publish' && step.event.type === 'ContentEvent' ? [step.audience ?? 'ALL'] : [],
    );

    expect(audiences).toEqual(['AGENTS_AND_MANAGERS', 'ALL']);
  });

  it('form: sends content that clients do not know (§8.4.6)', () => {
    const types = contentsOf(form, buildTurn('form')).map(({ contentType }) => contentType);

    expect(types).toEqual(['forms/secure-invitation', 'text/plain']);
  });

  it('transfer: the colleague takes over and greets (§8.4.13)', () => {
    const steps = stepsOf(transfer, buildTurn('transfer'));

    expect(inShort(steps)).toEqual([...PERSON, 'transfer', 'join', 'COMPOSING', 'ContentEvent', 'ACTIVE']);
    expect(textsOf(transfer, buildTurn('transfer'))[1]).toContain('this is Leo. Mia told me');
    expect(steps).toContain({ do: 'transfer', skillId: '1002' });
  });
});

describe('The human-like agent (§14.2 #19)', () => {
  const pauses = (text: string, more: Partial<Turn> = {}): number =>
    human
      .steps(buildTurn(text, more), HUMAN_PACE)
      .reduce((sum, step) => sum + (step.do === 'pause' ? step.ms : 0), 0);

  it('joins, shows that it is there, accepts and reads one message after the other, and types', () => {
    const messages = [buildMessage('one', 0), buildMessage('two', 2)];
    const turn = buildTurn('', { messages, isAssigned: false, turnsBefore: 0 });

    expect(inShort(stepsOf(human, turn)).slice(0, 7)).toEqual([
      'join',
      'ACTIVE',
      'ACCEPT 0',
      'READ 0',
      'ACCEPT 2',
      'READ 2',
      'COMPOSING',
    ]);
  });

  it('takes longer for longer texts', () => {
    expect(pauses('x'.repeat(600))).toBeGreaterThan(pauses('x') + 5 * HUMAN_PACE.readMs);
  });

  it('pauses while it types a long answer', () => {
    const steps = inShort(stepsOf(human, buildTurn('Is it done?')));

    expect(steps.slice(2)).toEqual([
      ...['COMPOSING', 'ContentEvent', 'ACTIVE'],
      ...['COMPOSING', 'ACTIVE', 'COMPOSING', 'ContentEvent', 'ACTIVE'],
    ]);
  });

  it('greets by name once', () => {
    expect(textsOf(human, buildTurn('Hi', { turnsBefore: 0 }))[0]).toBe('Hi Ada, Mia here.');
    expect(textsOf(human, buildTurn('Hi'))).toEqual(['I see, thank you for telling me.']);
    expect(textsOf(human, buildTurn('Hi', { turnsBefore: 0, consumerName: null }))[0]).toBe('Hi, Mia here.');
    expect(textsOf(human, buildTurn({ type: 'RichContentEvent', content: {} }))).toEqual(['Thanks, got it.']);
  });
});
