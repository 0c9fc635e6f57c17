import { Gauge, type Metric } from './metric.ts';

/** What the process itself uses, under the names that dashboards know. */
export function processMetrics(): readonly Metric[] {
  const startedAt = Date.now() / 1000 - process.uptime();
  return [
    new Gauge({ name: 'process_resident_memory_bytes', help: 'Memory of the process.' }, () =>
      process.memoryUsage.rss(),
    ),
    new Gauge(
      { name: 'nodejs_heap_size_used_bytes', help: 'Used part of the heap.' },
      () => process.memoryUsage().heapUsed,
    ),
    new Gauge(
      { name: 'process_cpu_seconds_total', help: 'Time on a processor.' },
      () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      },
      'counter',
    ),
    new Gauge(
      { name: 'process_start_time_seconds', help: 'When the process started, in seconds of the epoch.' },
      () => startedAt,
    ),
  ];
}
