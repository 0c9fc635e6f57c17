import { readFileSync } from 'node:fs';

import type { Router } from 'express';

import { PROBLEM_CODES } from '#protocol/problem';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge, testConfig, testParts } from '../../testing/start-bridge.ts';
import { bridgeApp } from '../bridge.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { createFeatures } from '../features.ts';
import { healthRoutes } from '../health/health.routes.ts';
import { createBridgeMetrics } from '../metrics/bridge-metrics.ts';
import { openBridgeDatabase } from '../storage/bridge-database.ts';
import { DESCRIPTION_FILE } from './openapi.routes.ts';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, { readonly enum?: unknown }>> }>
    >;
    readonly responses: Readonly<Record<string, unknown>>;
  };
}

const text = readFileSync(DESCRIPTION_FILE, 'utf8');
const description = JSON.parse(text) as Description;
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the description of the API', () => {
  it('names every route there is and none that is not', () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);

    expect(described.toSorted()).toEqual(registeredRoutes().toSorted());
  });

  it('is served', async () => {
    await using bridge = await startTestBridge();

    const answer = await new TestBrowser(bridge.origin).get('/api/openapi.json');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(JSON.parse(text));
  });

  it('refers to nothing that is missing, and leaves nothing unused', () => {
    const wanted = new Set([...text.matchAll(/"#\/components\/(\w+\/\w+)"/g)].map(([, name]) => name));
    const there = (['schemas', 'responses'] as const).flatMap((kind) =>
      Object.keys(description.components[kind]).map((name) => `${kind}/${name}`),
    );

    expect([...wanted].toSorted()).toEqual(there.toSorted() as (string | undefined)[]);
  });

  it('says of every operation what it is for, what it answers and what its path needs', () => {
    for (const { path, method, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect(named)
        .withContext(`${method} ${path}`)
        .toEqual(inPath as string[]);
      expect(operation.summary).withContext(`${method} ${path}`).toBeTruthy();
      expect(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)))
        .withContext(`${method} ${path}`)
        .toBeTrue();
    }
  });

  it('knows every code of a problem', () => {
    expect(description.components.schemas['Problem']?.properties?.['code']?.enum).toEqual([...PROBLEM_CODES]);
  });
});

/** Express' own list, as far as it is needed here. */
interface Layer {
  readonly slash: boolean;
  readonly handle: unknown;
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] };
  match(path: string): boolean;
}

/** `METHOD /path/{parameter}` of all that the bridge serves, but for the pages. */
function registeredRoutes(): string[] {
  using features = testFeatures();
  const metrics = createBridgeMetrics();
  const health = healthRoutes({ state: () => Promise.resolve('ready') });
  const app = bridgeApp('http://localhost:1', testConfig(), testParts(), { ...features, health, metrics });
  return routesOf(app.router, '').filter((route) => route !== 'GET /{*path}');
}

function routesOf(router: Router, prefix: string): string[] {
  return (router.stack as unknown as readonly Layer[]).flatMap((layer) => {
    const { route, handle } = layer;
    if (route !== undefined) {
      const path = `${prefix}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      return [...new Set(route.stack.map(({ method }) => `${method.toUpperCase()} ${path}`))];
    }
    if (typeof handle !== 'function' || !('stack' in handle)) return [];
    return routesOf(handle as unknown as Router, prefix + mountOf(layer));
  });
}

/** Express forgets where it mounted a router; there is one place only. */
function mountOf(layer: Layer): string {
  if (layer.slash) return '';
  if (layer.match('/api') && !layer.match('/nowhere')) return '/api';
  throw new Error('a router is mounted where this spec does not look');
}

function testFeatures() {
  const { log, ...parts } = testParts();
  return createFeatures({
    ...parts,
    ...{
      config: testConfig(),
      log,
      now: Date.now,
      graceMs: 1_000,
      heartbeatMs: 1_000,
      metrics: createBridgeMetrics(),
    },
    database: openBridgeDatabase(':memory:', { log }),
    store: new SqliteEventStore({ path: ':memory:', log }),
    shutdown: new AbortController().signal,
  });
}
