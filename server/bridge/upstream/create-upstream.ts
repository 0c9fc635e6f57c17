import type { UpstreamMeter } from './upstream-meter.ts';
import { UpstreamHttp } from './upstream-http.ts';
import { UpstreamTransfer } from './upstream-transfer.ts';

export interface UpstreamDeps {
  readonly config: { readonly version: string };
  readonly upstreamTimeoutMs?: number | undefined;
  readonly metrics: { readonly upstream: UpstreamMeter };
  readonly shutdown: AbortSignal;
}

/** Both ways out, under one name and one meter; whoever creates them disposes of them. */
export function createUpstream({ config, upstreamTimeoutMs, metrics, shutdown }: UpstreamDeps) {
  const userAgent = `connector-api-demo-app/${config.version}`;
  const transfer = new UpstreamTransfer({ userAgent, meter: metrics.upstream });
  const http = new UpstreamHttp({
    userAgent,
    meter: metrics.upstream,
    shutdown,
    ...(upstreamTimeoutMs !== undefined && { timeoutMs: upstreamTimeoutMs }),
  });
  const dispose = (): void => {
    http[Symbol.dispose]();
    transfer[Symbol.dispose]();
  };
  return { http, transfer, dispose };
}
