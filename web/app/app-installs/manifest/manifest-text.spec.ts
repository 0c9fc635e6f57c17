import { NEW_MANIFEST, draftOf } from './manifest';
import { structureProblems } from './manifest-structure';
import { manifestFileName, readManifest, tidied, writeManifest } from './manifest-text';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

describe('readManifest', () => {
  it('reads what it wrote', () => {
    expect(readManifest(writeManifest(NEW_MANIFEST))).toEqual(
      jasmine.objectContaining({ kind: 'manifest', manifest: NEW_MANIFEST, leftOut: [] }),
    );
  });

  it('leaves out what only the server sets, a secret above all, and names it', () => {
    const text = '{ "client_name": "x", "id": "1", "client_secret": "s", "custom": 1 }';

    expect(readManifest(text)).toEqual(
      jasmine.objectContaining({
        manifest: { client_name: 'x', custom: 1 },
        leftOut: ['id', 'client_secret'],
      }),
    );
  });

  it('says where a text stops being JSON', () => {
    const read = readManifest('{\n  "client_name": "x",\n  oops\n}');

    expect(read).toEqual(
      jasmine.objectContaining({
        kind: 'no-json',
        message: 'This is not valid JSON: line 3, column 3',
        place: { line: 3, column: 3, offset: 26 },
      }),
    );
  });

  it('says what is wrong there: a comma too many, an early end, or what the browser says', () => {
    const reasons = ['{\n  "a": 1,\n}', '{ "a": [1,\n2, ]}', '{ "a": ', '{ "a": 1 "b": 2 }'].map((text) => {
      const read = readManifest(text);
      return read.kind === 'no-json' ? read.reason : read.kind;
    });

    expect(reasons).toEqual([
      'Remove the comma in line 2, as nothing follows it.',
      'Remove the comma in line 2, as nothing follows it.',
      'The text ends too early.',
      jasmine.stringMatching(/^The browser says: “[^”]*after property value[^”]*”\.$/),
    ]);
  });

  it('points at the comma that has to go, in its line, and not at the bracket after it', () => {
    const read = readManifest('{\n  "a": 1,\n}');

    expect(read).toEqual(
      jasmine.objectContaining({
        message: 'This is not valid JSON: line 2, column 9',
        place: { line: 2, column: 9, offset: 10 },
        reason: 'Remove the comma in line 2, as nothing follows it.',
      }),
    );
  });

  it('says when a text ends too early, is empty or is far too long', () => {
    const messages = ['{ "a": ', '', ' \n ', 'x'.repeat(1_000_001)].map((text) => {
      const read = readManifest(text);
      return read.kind === 'no-json' ? read.message : read.kind;
    });

    expect(messages[0]).toContain('not valid JSON');
    expect(messages.slice(1)).toEqual([
      'This is empty: type, paste or import a manifest.',
      'This is empty: type, paste or import a manifest.',
      'This is too long to be a manifest.',
    ]);
  });

  for (const text of ['[]', 'null', '"x"', '3', '{}', '{ "client_name": 3 }']) {
    it(`does not take ${text} for a manifest`, () => {
      expect(readManifest(text).kind).toBe('wrong-structure');
    });
  }
});

describe('structureProblems', () => {
  it('names each member of another kind by its path', () => {
    const problems = structureProblems({
      client_name: 'x',
      enabled: 'yes',
      grant_types: ['a', 1],
      capabilities: {
        webhooks: {
          [CONTENT]: { max_retries: 1.5, headers: [{ header_name: 'X' }] },
          retry: { retention_time: '1 h' },
          'ms.Future': 'anything',
        },
        engagement: { design_window: 1, goal: 'lead' },
      },
    });

    expect(problems.map(({ path }) => path)).toEqual([
      'enabled',
      'grant_types.1',
      `capabilities.webhooks.${CONTENT}.endpoint`,
      `capabilities.webhooks.${CONTENT}.max_retries`,
      `capabilities.webhooks.${CONTENT}.headers.0.header_value`,
      'capabilities.webhooks.retry.retention_time',
      'capabilities.engagement.design_window',
      'capabilities.engagement.goal',
    ]);
  });

  it('has nothing against members that are absent, null or unknown', () => {
    expect(structureProblems({ client_name: 'x', capabilities: null, description: null, y: [] })).toEqual([]);
  });
});

describe('draftOf', () => {
  it('is enabled unless the manifest says otherwise', () => {
    expect(draftOf({ client_name: 'x' })?.enabled).toBeTrue();
    expect(draftOf({ client_name: 'x', enabled: false })?.enabled).toBeFalse();
    expect(draftOf({ client_name: 3 })).toBeNull();
  });
});

describe('tidied', () => {
  it('writes one member a line, also where it is no manifest', () => {
    expect(tidied('{ "client_name": "x", "id": "1" }')).toBe('{\n  "client_name": "x"\n}');
    expect(tidied('{ "client_name": 7 }')).toBe('{\n  "client_name": 7\n}');
  });

  it('leaves a text that is no JSON as it is', () => {
    expect(tidied('{ oops')).toBe('{ oops');
  });
});

describe('manifestFileName', () => {
  it('is made of the app’s name', () => {
    expect(manifestFileName(' My Connector--Demo-- ')).toBe('my-connector-demo.manifest.json');
    expect(manifestFileName('Brücke Nº 1')).toBe('brücke-nº-1.manifest.json');
    expect(manifestFileName('../..')).toBe('app.manifest.json');
  });
});
