import { CONNECTOR_SCOPE, type AppCapabilities } from '#protocol/app-installation';
import type { InstallationDraft, InstallationView } from '#protocol/bridge-api';

import { structureProblems } from './manifest-structure';
import { DEFAULT_ENGAGEMENT } from './engagement-words';

/** What an account owns of an app installation, as JSON; members that nobody here knows are kept. @see PROTOCOL.md §4.2 */
export type Manifest = Readonly<Record<string, unknown>>;

/** What the server sets: shown, never sent. @see PROTOCOL.md §4.3 */
const SERVER_MEMBERS = new Set([
  'id',
  'client_id',
  'client_secret',
  'client_id_issued_at',
  'client_secret_expires_at',
  'deleted',
  'hasSecret',
]);

/** What a new connector app starts with. @see PROTOCOL.md §4.2 */
export const NEW_MANIFEST: Manifest = {
  client_name: '',
  description: '',
  enabled: true,
  grant_types: ['client_credentials'],
  scope: CONNECTOR_SCOPE,
  logo_uri: '',
  capabilities: { webhooks: {}, engagement: DEFAULT_ENGAGEMENT },
};

/** The account's part of an installation. */
export function manifestOf(installation: InstallationView): Manifest {
  return withoutServerMembers(installation).manifest;
}

/** Takes out what only the server may set, and names it. */
export function withoutServerMembers(given: Manifest): {
  readonly manifest: Manifest;
  readonly leftOut: readonly string[];
} {
  const entries = Object.entries(given);
  return {
    manifest: Object.fromEntries(entries.filter(([member]) => !SERVER_MEMBERS.has(member))),
    leftOut: entries.map(([member]) => member).filter((member) => SERVER_MEMBERS.has(member)),
  };
}

/** What the bridge takes for a manifest; `null` when members have another kind than it reads. */
export function draftOf(manifest: Manifest): InstallationDraft | null {
  return isReadable(manifest) ? { ...manifest, enabled: manifest['enabled'] !== false } : null;
}

interface ReadableManifest extends Manifest {
  readonly client_name: string;
  readonly capabilities?: AppCapabilities | null;
}

function isReadable(manifest: Manifest): manifest is ReadableManifest {
  return structureProblems(manifest).length === 0;
}

/** Appended to the name of an app that was made for a demo, so that it can be told from real ones. @see PROTOCOL.md §4.2 */
export const DEMO_MARKER = '--Demo--';

export const hasDemoMarker = (name: string): boolean => name.endsWith(DEMO_MARKER);

/** The name with the marker, once. */
export function withDemoMarker(name: string): string {
  return hasDemoMarker(name) ? name : name + DEMO_MARKER;
}

/** Languages in which the manifest names or describes the app besides its own: the `de` of `client_name#de`. */
export function localisedIn(manifest: Manifest): readonly string[] {
  const languages = Object.keys(manifest)
    .map((member) => /^(?:client_name|description)#(.+)$/.exec(member)?.[1])
    .filter((language) => language !== undefined);
  return [...new Set(languages)].toSorted();
}
