import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { CloudEnvironment, FieldProblem } from '#protocol/problem';

import { BridgeFailure } from '../../bridge/bridge-failure';
import type { ManifestPath } from './manifest-diff';

/** A member of the manifest that was refused, and why. */
export interface RefusedMember {
  readonly path: ManifestPath;
  readonly message: string;
}

/** The members that a refused save names: by the bridge's own list, by the cloud's words, or by what the code means. */
export function refusedMembers(failure: unknown): readonly RefusedMember[] {
  if (!(failure instanceof BridgeFailure)) return [];
  if (failure.code === 'duplicate-name') {
    return [{ path: ['client_name'], message: $localize`Another app in this account has this name.` }];
  }
  const told = failure.fields.length > 0 ? failure.fields : upstreamProblem(failure);
  return told.map(({ path, message }) => ({ path: manifestPath(path), message }));
}

/** The members that a dotted path leads through; the names of events hold dots themselves. */
export function manifestPath(dotted: string): ManifestPath {
  const own = dotted.replace(/^installation\./, '');
  const type = WEBHOOK_EVENT_TYPES.find((each) => own.includes(each));
  if (type === undefined) return own.split('.');
  const [before = '', after = ''] = own.split(type);
  return [...before.split('.'), type, ...after.split('.')].filter((key) => key !== '');
}

/** A service that refuses a body tends to begin with the member: “client_name: too long”. */
function upstreamProblem({ problem }: BridgeFailure): readonly FieldProblem[] {
  const upstream = 'upstream' in problem ? problem.upstream : undefined;
  const [, path, words] = /^([\w.#-]+): (.+)$/s.exec(upstream?.message ?? '') ?? [];
  if (path === undefined || words === undefined) return [];
  return [{ path, message: saidBy(upstream?.environment, words) }];
}

function saidBy(environment: CloudEnvironment | undefined, words: string): string {
  if (environment === 'emulator') return $localize`The emulator says: ${words}`;
  return environment === 'liveperson'
    ? $localize`LivePerson says: ${words}`
    : $localize`The cloud says: ${words}`;
}
