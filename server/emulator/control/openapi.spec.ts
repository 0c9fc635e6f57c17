import { readdirSync, readFileSync } from 'node:fs';

import { at } from '../testing/answer.ts';
import { ControlCaller } from '../testing/control-caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const description: unknown = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'));
const paths = Object.keys(at(description, 'paths') as object);
const operations = paths.flatMap((path) =>
  METHODS.filter((method) => at(description, 'paths', path, method) !== undefined).map(
    (method) => `${method} ${path}`,
  ),
);

/** Every `$ref` within the value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

/** The routes as the sources write them. */
function routesIn(file: string): string[] {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  const one = '/accounts/:account/conversations/:conversation';
  return [
    ...source.matchAll(/router\.(get|put|post|patch|delete)\(\s*['`]?((?:\$\{ONE\}|ONE)?[^'`,]*)['`]?,/g),
  ].map(
    ([, method = '', path = '']) =>
      `${method} ${path.replace(/\$\{ONE\}|^ONE$/, one).replaceAll(/:(\w+)/g, '{$1}')}`,
  );
}

const FILES = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.routes.ts'));

describe('The description of the control API', () => {
  let cloud: TestCloud;
  let control: ControlCaller;
  beforeAll(async () => {
    cloud = await startTestCloud();
    control = new ControlCaller(cloud.emulator.origin);
  });
  afterAll(() => cloud[Symbol.asyncDispose]());

  it('is served as it is', async () => {
    const served = await control.get('/openapi.json');

    expect(served.headers.get('content-type')).toContain('application/json');
    expect(served.body).toEqual(description);
  });

  it('names every route and no other', () => {
    expect(FILES.flatMap(routesIn).toSorted()).toEqual(operations.toSorted());
  });

  it('has no reference that leads nowhere, and no schema that nothing refers to', () => {
    const references = new Set(referencesIn(description));
    for (const reference of references) {
      expect(at(description, ...reference.slice(2).split('/')))
        .withContext(reference)
        .toBeDefined();
    }
    const schemas = Object.keys(at(description, 'components', 'schemas') as object);
    expect(schemas.filter((name) => !references.has(`#/components/schemas/${name}`))).toEqual([]);
  });

  it('tells every operation’s summary, parameters and answers', () => {
    for (const operation of operations) {
      const [method = '', path = ''] = operation.split(' ');
      const described = at(description, 'paths', path, method);
      expect(at(described, 'summary')).withContext(operation).toMatch(/\.$/);
      expect(Object.keys(at(described, 'responses') as object).some((status) => status.startsWith('2')))
        .withContext(operation)
        .toBeTrue();
      const named = ((at(described, 'parameters') ?? []) as { in: string; name: string }[])
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect(named)
        .withContext(operation)
        .toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
    }
  });

  it('lists the settings that there are', async () => {
    const settings = await control.get('/settings');

    const described = Object.keys(
      at(description, 'components', 'schemas', 'Settings', 'properties') as object,
    );
    expect(described.toSorted()).toEqual(Object.keys(settings.body as object).toSorted());
  });

  it('describes the kinds of faults that there are: each example of its shape is taken', async () => {
    const variants = at(description, 'components', 'schemas', 'Fault', 'oneOf') as unknown[];
    expect(variants.length).toBe(17);
    for (const variant of variants) {
      const rule = {
        on: at(variant, 'properties', 'on', 'const'),
        kind: at(variant, 'properties', 'kind', 'const'),
        ...Object.fromEntries(
          (at(variant, 'required') as string[])
            .filter((name) => name === 'ms' || name === 'status')
            .map((name) => [name, 500]),
        ),
      };
      const answer = await control.post('/faults', rule);
      expect(answer.status)
        .withContext(`${JSON.stringify(rule)} ${answer.text}`)
        .toBe(201);
      const known = Object.keys(at(variant, 'properties') as object);
      const taken = Object.keys(answer.body as object).filter(
        (name) => !['id', 'matched', 'fired'].includes(name),
      );
      expect(taken.filter((name) => !known.includes(name)))
        .withContext(JSON.stringify(rule))
        .toEqual([]);
    }
    await control.call('DELETE', '/faults');
  });
});
