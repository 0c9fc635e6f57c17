import * as v from 'valibot';

import type { AppInstallation } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import { serviceOrigin } from './account-services.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamAnswer, UpstreamCall, UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

const appKey = v.pipe(v.string(), v.minLength(1), v.transform(asAppKey));
const capabilities = v.nullish(v.looseObject({}));

/** What is read of an installation; everything else it has is kept as it is. @see PROTOCOL.md §4.3 */
const installationSchema = v.pipe(
  v.looseObject({
    id: v.optional(appKey),
    client_id: appKey,
    client_name: v.optional(v.string(), ''),
    client_secret: v.optional(v.nullable(v.string()), null),
    client_id_issued_at: v.optional(v.number(), 0),
    enabled: v.optional(v.boolean(), true),
    capabilities,
  }),
  v.transform(({ capabilities: read, ...app }): AppInstallation => ({
    ...app,
    id: app.id ?? app.client_id,
    ...(read !== undefined && { capabilities: read }),
  })),
);

/** Something together with the revision it was read at. */
export interface Revised<Value> {
  readonly value: Value;
  /** `ac-revision`; `null` when the service sent none. */
  readonly revision: string | null;
}

/** Who asks: an administrator's bearer. */
export interface AdminContext extends UpstreamContext {
  readonly bearer: string;
}

/** Reads and changes app installations. @see PROTOCOL.md §4 */
export class AppInstallationClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  async list(context: AdminContext): Promise<Revised<readonly AppInstallation[]>> {
    const call = callFor(context, 'app installations', 'GET');
    const answer = await this.http.call(call, context);
    return { value: readAnswer(call, answer, v.array(installationSchema)), revision: revisionOf(answer) };
  }

  /** @throws BridgeError `unknown-app` */
  async get(context: AdminContext, id: string): Promise<Revised<AppInstallation>> {
    const call = callFor(context, 'app installation', 'GET', id);
    const answer = await this.http.call(call, context);
    return { value: readAnswer(call, answer, installationSchema), revision: revisionOf(answer) };
  }

  /** The created installation, or `null` when the service did not tell it. @throws BridgeError `duplicate-name` */
  async create(context: AdminContext, manifest: object): Promise<Revised<AppInstallation | null>> {
    const call = callFor(context, 'install app', 'POST');
    const answer = await this.http.call({ ...call, body: { json: manifest } }, context);
    return { value: optionalInstallation(answer), revision: revisionOf(answer) };
  }

  /** @throws BridgeError `revision-conflict` when the revision is not the newest */
  async replace(
    context: AdminContext,
    installation: AppInstallation,
    revision: string | null,
  ): Promise<Revised<AppInstallation | null>> {
    const call = callFor(context, 'update app', 'PUT', installation.id);
    const headers = { ...call.headers, ...ifMatch(revision), 'X-HTTP-Method-Override': 'PUT' };
    const secrets = [
      context.bearer,
      ...(installation.client_secret === null ? [] : [installation.client_secret]),
    ];
    const answer = await this.http.call({ ...call, headers, secrets, body: { json: installation } }, context);
    return { value: optionalInstallation(answer), revision: revisionOf(answer) };
  }

  /** @throws BridgeError `revision-conflict`, `unknown-app` */
  async remove(context: AdminContext, id: string, revision: string | null): Promise<void> {
    const call = callFor(context, 'uninstall app', 'DELETE', id);
    await this.http.call({ ...call, headers: { ...call.headers, ...ifMatch(revision) } }, context);
  }
}

function callFor(
  { services, bearer }: AdminContext,
  summary: string,
  method: UpstreamCall['method'],
  id?: string,
): UpstreamCall {
  const origin = serviceOrigin(services, 'accountConfigReadWrite');
  const base = `${origin}/api/account/${encodeURIComponent(services.account)}/configuration/app-install/installations`;
  return {
    service: 'accountConfigReadWrite',
    summary,
    method,
    url: `${base}${id === undefined ? '' : `/${pathPart(id)}`}?v=1.0`,
    headers: { Authorization: `Bearer ${bearer}` },
    isRepeatable: method === 'GET',
    secrets: [bearer],
    refusals: {
      401: 'upstream-session-ended',
      404: id === undefined ? 'service-missing' : 'unknown-app',
      409: 'duplicate-name',
      412: 'revision-conflict',
    },
  };
}

/** One part of a path and no more: a URL takes `..` for a way up, however it is encoded. */
function pathPart(id: string): string {
  if (id === '.' || id === '..')
    throw new BridgeError('unknown-app', `There is no app with the key “${id}”.`);
  return encodeURIComponent(id);
}

const ifMatch = (revision: string | null): Record<string, string> =>
  revision === null ? {} : { 'If-Match': revision };

const revisionOf = (answer: UpstreamAnswer): string | null => answer.headers['ac-revision'] ?? null;

/** The service's answer to a change is not documented: it is used when it is an installation. */
function optionalInstallation(answer: UpstreamAnswer): AppInstallation | null {
  const result = v.safeParse(installationSchema, answer.body);
  return result.success ? result.output : null;
}
