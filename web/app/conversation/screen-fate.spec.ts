import { readScreenFate } from './screen-fate';

const rich = (content: unknown) => ({ type: 'RichContentEvent', content });

describe('what the chat makes of a message', () => {
  it('is that it is shown, when it can be', () => {
    expect(readScreenFate({ type: 'ContentEvent', contentType: 'text/plain', message: 'Hi' })).toBe('shown');
    expect(readScreenFate(rich({ type: 'text', text: 'Hi' }))).toBe('shown');
  });

  it('is that it is not drawn, when structured content is not valid', () => {
    expect(readScreenFate(rich({ type: 'vertical', elements: [{ type: 'image' }] }))).toBe('invalid');
    expect(readScreenFate(rich('no object'))).toBe('invalid');
  });

  it('is that its name is shown, when it is of a kind that is not known here', () => {
    expect(readScreenFate({ type: 'ContentEvent', contentType: 'forms/secure', message: {} })).toBe(
      'named-only',
    );
    expect(readScreenFate({ type: 'FutureEvent' })).toBe('named-only');
  });
});
