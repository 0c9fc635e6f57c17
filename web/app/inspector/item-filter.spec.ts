import { buildExchange } from '../testing/build-exchange';
import { LogWriter } from '../testing/log-entries';
import { toItem, type InspectorItem } from './inspector-item';
import { FILTER_COLUMNS, readFilter, termsOf, unknownColumns } from './item-filter';

const itemsOf = (log: LogWriter): InspectorItem[] =>
  log.entries.map((entry) => toItem(entry)).filter((item) => item !== null);

describe('item filter', () => {
  const log = new LogWriter().agentSays(3, 'Your order').echo(4, 'Thanks');
  log.add(buildExchange());
  log.add(buildExchange({ response: { status: 500, headers: {}, body: null } }));
  const found = (text: string) => itemsOf(log).filter(readFilter(text) ?? (() => true)).length;

  it('finds words anywhere, columns by name and numbers by size', () => {
    expect(found('')).toBe(4);
    expect(found('order')).toBe(1);
    expect(found('role:agent')).toBe(1);
    expect(found('role:consumer type:content thanks')).toBe(1);
    expect(found('status:>=400')).toBe(1);
    expect(found('status:<400 method:post')).toBe(1);
    expect(found('https://nowhere')).toBe(0);
  });

  it('leaves out what has a word or a value behind a minus, and nothing by a minus alone', () => {
    expect(found('-order')).toBe(3);
    expect(found('-role:agent')).toBe(3);
    expect(found('-order -thanks type:content')).toBe(0);
    expect(found('-nowhere')).toBe(4);
    expect(found('Your-order')).toBe(0);
  });

  describe('with a phrase in quotation marks', () => {
    const writer = new LogWriter();
    writer.agentSays(3, 'two words, role:agent').agentSays(13, 'words two').agentSays(14, 'two, words');
    const texts = (text: string) =>
      itemsOf(writer)
        .filter(readFilter(text) ?? (() => true))
        .map(({ fields }) => fields['sequence']);

    it('finds the words as they stand, anywhere, in a column and inside', () => {
      expect(texts('two words')).toEqual(['3', '13', '14']);
      expect(texts('"two words"')).toEqual(['3']);
      expect(texts('"Two Words" type:content')).toEqual(['3']);
      expect(texts('summary:"two words"')).toEqual(['3']);
      expect(texts('body:"two words"')).toEqual(['3']);
      expect(texts('"words" "two, words"')).toEqual(['14']);
    });

    it('leaves out what has it behind a minus', () => {
      expect(texts('-"two words"')).toEqual(['13', '14']);
      expect(texts('-body:"two words" -"two, words"')).toEqual(['13']);
    });

    it('goes to the end while it is being typed, and is nothing before it begins', () => {
      expect(texts('type:content "two wo')).toEqual(['3']);
      expect(texts('"two ')).toEqual(['3', '13', '14']);
      expect(texts('-body:"two words')).toEqual(['13', '14']);
      for (const text of ['"', '-"', '""', '-""', 'body:"', ' "  '])
        expect(texts(text)).toEqual(['3', '13', '14']);
      expect(readFilter('"')).toBeNull();
    });

    it('leaves nothing out, and nothing in, as long as it asks for nothing', () => {
      const asking = [
        '-body:"',
        '-header:"',
        '-body:',
        '-header:',
        '-role:',
        '-role:""',
        '-answer:"',
        'role:',
      ];
      for (const text of [...asking, 'header:"', 'header:', 'method:', 'foo:""']) {
        expect(readFilter(text)).withContext(text).toBeNull();
        expect(texts(`${text} `))
          .withContext(text)
          .toEqual(['3', '13', '14']);
      }
      expect(texts('-body: "two words"')).toEqual(['3']);
      expect(texts('-body:"" -"two words"')).toEqual(['13', '14']);
    });

    it('is a word with a colon where its name is no column', () => {
      const notes = new LogWriter().agentSays(3, 'Note: closed').agentSays(4, 'noted');
      const found = itemsOf(notes).filter(readFilter('note:')!);
      expect(found.map(({ fields }) => fields['sequence'])).toEqual(['3']);
      expect(unknownColumns('note:', FILTER_COLUMNS.webhooks)).toEqual(['note']);
    });

    it('takes what looks like a column, a comparison or a counted number for text', () => {
      expect(texts('"role:agent"')).toEqual(['3']);
      expect(texts('sequence:"3"')).toEqual(['3', '13']);
      expect(texts('sequence:">3"')).toEqual([]);
      expect(unknownColumns('"foo:bar" "x foo:y"', FILTER_COLUMNS.webhooks)).toEqual([]);
    });

    it('has quotation marks within it that no space follows, as in JSON', () => {
      expect(texts('body:"sequence":13')).toEqual(['13']);
      expect(texts('body:"message":"words two"')).toEqual(['13']);
    });

    it('takes the name and the value of JSON for one word, so that what follows is a term of its own', () => {
      expect(termsOf('body:"sequence":13 type:content')).toEqual(['body:"sequence":13', 'type:content']);
      expect(termsOf('"a":{"b":["two words",1]} -body:"closed":true "c')).toEqual([
        '"a":{"b":["two words",1]}',
        '-body:"closed":true',
        '"c"',
      ]);
      expect(texts('body:"sequence":13 type:content')).toEqual(['13']);
      expect(texts('body:"sequence":13 -"two words"')).toEqual(['13']);
      expect(texts('body:"sequence":13 -"words two"')).toEqual([]);
      expect(texts('-body:"sequence":13 role:agent')).toEqual(['3', '14']);
      expect(texts('body:"closed":true role:agent')).toEqual([]);
      expect(texts('body:"equence":13 role:agent')).toEqual([]);
      expect(texts('body:"message":"words two" role:agent')).toEqual(['13']);
      expect(texts('"two words, role:agent" body:"sequence":3')).toEqual(['3']);
    });
  });

  it('takes a sequence for a number, and the word over a column for the column', () => {
    const many = new LogWriter().agentSays(3, 'a').agentSays(13, 'b').agentSays(30, 'c');
    const sequences = itemsOf(many).filter(readFilter('sequence:3')!);
    expect(sequences.length).toBe(1);
    expect(found('answer:500')).toBe(1);
    expect(unknownColumns('answer:500', FILTER_COLUMNS.webhooks)).toEqual([]);
  });

  it('finds rows by the class of their status, and leaves them out by it', () => {
    const calls = new LogWriter().agentSays(3, 'Hello');
    for (const status of [200, 201, 404, 500, 503])
      calls.add(buildExchange({ response: { status, headers: {}, body: null } }));
    calls.add(buildExchange({ response: null, failure: 'No answer within 10 s' }));
    const statuses = (text: string) =>
      itemsOf(calls)
        .filter(readFilter(text)!)
        .map(({ fields }) => fields['status']);

    expect(statuses('status:5xx')).toEqual(['500', '503']);
    expect(statuses('answer:5XX')).toEqual(['500', '503']);
    expect(statuses('status:4xx')).toEqual(['404']);
    expect(statuses('status:2xx')).toEqual(['200', '200', '201']);
    expect(statuses('-status:2xx')).toEqual(['404', '500', '503', 'none']);
    expect(statuses('status:2xx type:content')).toEqual(['200']);
    // As while it is being typed.
    expect(statuses('status:5x')).toEqual(['500', '503']);
    expect(statuses('status:0xx')).toEqual([]);
    expect(statuses('status:"5xx"')).toEqual([]);
  });

  it('takes xx for words where no status stands', () => {
    const log = new LogWriter().agentSays(3, 'Is it 5xx?').agentSays(4, 'Room 500');

    expect(itemsOf(log).filter(readFilter('summary:5xx')!).length).toBe(1);
    expect(itemsOf(log).filter(readFilter('5xx')!).length).toBe(1);
  });

  it('finds requests by what they carry', () => {
    const published = (event: object) =>
      buildExchange({
        request: {
          ...{ method: 'POST', url: 'https://va.example.com/api/send', headers: {} },
          body: { type: 'ms.PublishEvent', body: { dialogId: 'c1', event } },
        },
      });
    const calls = new LogWriter();
    calls.add(published({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [4, 5] }));
    calls.add(published({ type: 'ChatStateEvent', chatState: 'COMPOSING' }));
    calls.add(published({ type: 'ContentEvent', contentType: 'text/plain', message: 'Where is it?' }));
    const foundIn = (text: string) =>
      itemsOf(calls)
        .filter(readFilter(text) ?? (() => true))
        .map(({ id }) => id);
    const [read, composing, text] = calls.entries.map(({ sequence }) => sequence);

    expect(foundIn('READ')).toEqual([read!]);
    expect(foundIn('summary:composing')).toEqual([composing!]);
    expect(foundIn('type:content where')).toEqual([text!]);
  });

  it('names columns that do not exist, and takes no address or time for one', () => {
    const columns = FILTER_COLUMNS.webhooks;

    expect(unknownColumns('foo:bar role:agent method:post FOO:x', columns)).toEqual(['foo', 'method']);
    expect(unknownColumns('content-type:json -dialog_id:c1', columns)).toEqual(['content-type', 'dialog_id']);
    expect(unknownColumns('https://host 10:42 plain :x', columns)).toEqual([]);
  });

  it('knows every column that an item has', () => {
    for (const { kind, fields } of itemsOf(log)) {
      const columns = kind === 'request' ? FILTER_COLUMNS.requests : FILTER_COLUMNS.webhooks;
      expect(Object.keys(fields).filter((name) => !columns.includes(name))).toEqual([]);
    }
  });
});
