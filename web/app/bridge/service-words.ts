const JOBS: Readonly<Record<string, string | undefined>> = {
  accountConfigReadOnly: $localize`account configuration`,
  accountConfigReadWrite: $localize`account configuration`,
  agentVep: $localize`users’ sign-in`,
  asyncMessagingEnt: $localize`messaging`,
  csds: $localize`directory of services`,
  idp: $localize`consumers’ identity`,
  msgHist: $localize`message history`,
  sentinel: $localize`app tokens`,
  swift: $localize`file storage`,
};

/** A service by the directory’s name, with what it is for: “idp (consumers’ identity)”. @see PROTOCOL.md §1 */
export function serviceWords(service: string): string {
  const job = JOBS[service];
  return job === undefined ? service : `${service} (${job})`;
}
