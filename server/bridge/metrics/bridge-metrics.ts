import type { LogMeter } from '../event-store/log-meter.ts';
import type { StreamMeter } from '../event-stream/stream-meter.ts';
import type { UpstreamMeter } from '../upstream/upstream-meter.ts';
import type { WebhookMeter } from '../webhooks/webhook-meter.ts';
import { Counter, Gauge, Histogram, type Metric } from './metric.ts';
import { processMetrics } from './process-metrics.ts';

/** Everything that is counted, each part behind the port of those who tell it. */
export interface BridgeMetrics {
  readonly webhooks: WebhookMeter;
  readonly streams: StreamMeter;
  readonly upstream: UpstreamMeter;
  readonly log: LogMeter;
  /** The answer to a scrape, in Prometheus' text form 0.0.4. */
  expose(): string;
}

/** From a commit that costs nothing to the cloud's own time limit, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const named = (name: string, help: string) => ({ name: `connector_bridge_${name}`, help });

export function createBridgeMetrics(): BridgeMetrics {
  const webhooks = webhookMetrics();
  const streams = streamMetrics();
  const upstream = upstreamMetrics();
  const log = logMetrics();
  const metrics: readonly Metric[] = [
    ...[webhooks, streams, upstream, log].flatMap((part) => part.metrics),
    ...processMetrics(),
  ];
  return {
    webhooks: webhooks.meter,
    streams: streams.meter,
    upstream: upstream.meter,
    log: log.meter,
    expose: () => `${metrics.map((metric) => metric.expose()).join('\n')}\n`,
  };
}

interface Part<Meter> {
  readonly meter: Meter;
  readonly metrics: readonly Metric[];
}

function webhookMetrics(): Part<WebhookMeter> {
  const seconds = new Histogram(
    named('webhook_answer_seconds', 'Time until a webhook was answered.'),
    SECONDS,
  );
  const answers = new Counter(named('webhooks_total', 'Webhooks by the status of the answer.'), ['status']);
  const verdicts = new Counter(
    named('signature_verdicts_total', 'Webhooks by the verdict on the signature.'),
    ['verdict'],
  );
  return {
    meter: {
      answered: (status, took) => {
        answers.add({ status: String(status) });
        seconds.observe(took);
      },
      judged: (verdict) => verdicts.add({ verdict }),
    },
    metrics: [seconds, answers, verdicts],
  };
}

function streamMetrics(): Part<StreamMeter> {
  let openStreams = 0;
  const open = new Gauge(named('streams_open', 'Event streams that are open.'), () => openStreams);
  const entries = new Counter(
    named('stream_entries_total', 'Entries written to streams; replay: before the stream had caught up.'),
    ['phase'],
  );
  const notices = new Counter(
    named('stream_notices_total', 'Readers told of missing entries (gap) or to start anew (reset).'),
    ['notice'],
  );
  return {
    meter: {
      opened: () => {
        openStreams += 1;
        return { [Symbol.dispose]: () => void (openStreams -= 1) };
      },
      sent: (phase, count) => entries.add({ phase }, count),
      noticed: (notice) => notices.add({ notice }),
    },
    metrics: [open, entries, notices],
  };
}

function upstreamMetrics(): Part<UpstreamMeter> {
  const seconds = new Histogram(named('upstream_seconds', 'Time that calls to the cloud took.'), SECONDS);
  const calls = new Counter(
    named('upstream_calls_total', 'Calls to the cloud by service and status; none: no answer came.'),
    ['service', 'status'],
  );
  return {
    meter: {
      called: (service, status, took) => {
        calls.add({ service, status: status === null ? 'none' : String(status) });
        seconds.observe(took);
      },
    },
    metrics: [seconds, calls],
  };
}

function logMetrics(): Part<LogMeter> {
  const entries = new Counter(named('log_entries_total', 'Entries stored in the log, by kind.'), ['kind']);
  const refused = new Counter(named('entries_not_stored_total', 'Entries that the log could not take.'), []);
  const duplicates = new Counter(
    named('duplicates_total', 'Events that came again and were stored once only.'),
  );
  return {
    meter: {
      stored: (kind) => entries.add({ kind }),
      notStored: (count) => refused.add({}, count),
      duplicates: (count) => duplicates.add({}, count),
    },
    metrics: [entries, refused, duplicates],
  };
}
