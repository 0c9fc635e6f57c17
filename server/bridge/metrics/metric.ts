/** One metric, as a scrape reads it. */
export interface Metric {
  /** Its lines in Prometheus' text form 0.0.4, without the last line break. */
  expose(): string;
}

export interface MetricName {
  readonly name: string;
  readonly help: string;
}

/** More series than this do not come from the protocol but from somebody who plays: they are counted as `other`. */
const MAX_SERIES = 100;
const OTHER = 'other';
/** In no value of a label. */
const SEPARATOR = '\u0000';

/** Counts up, by labels that have few values. */
export class Counter<Label extends string = never> implements Metric {
  private readonly metric: MetricName;
  private readonly labels: readonly Label[];
  /** By the values of the labels, as they came: only a scrape needs them written out. */
  private readonly series = new Map<string, number>();

  constructor(metric: MetricName, labels: readonly Label[] = []) {
    this.metric = metric;
    this.labels = labels;
    if (labels.length === 0)
      this.series.set(
        this.keyOf(() => OTHER),
        0,
      );
  }

  add(values: Readonly<Record<Label, string>>, amount = 1): void {
    const wanted = this.keyOf((label) => values[label]);
    const isRoom = this.series.has(wanted) || this.series.size < MAX_SERIES;
    const key = isRoom ? wanted : this.keyOf(() => OTHER);
    this.series.set(key, (this.series.get(key) ?? 0) + amount);
  }

  expose(): string {
    const { name } = this.metric;
    return [
      ...head(this.metric, 'counter'),
      ...[...this.series].map(([key, value]) => `${name}${this.labelled(key)} ${value}`),
    ].join('\n');
  }

  private keyOf(valueOf: (label: Label) => string): string {
    const [only] = this.labels;
    // Most have one, and events are counted by the thousand.
    if (only !== undefined && this.labels.length === 1) return valueOf(only);
    return this.labels.map(valueOf).join(SEPARATOR);
  }

  private labelled(key: string): string {
    if (this.labels.length === 0) return '';
    const values = key.split(SEPARATOR);
    return `{${this.labels.map((label, index) => `${label}="${escaped(values[index] ?? '')}"`).join(',')}}`;
  }
}

/** A number read when it is asked for. */
export class Gauge implements Metric {
  private readonly metric: MetricName;
  private readonly type: 'gauge' | 'counter';
  private readonly read: () => number;

  /** @param type `counter` for what the system counts itself. */
  constructor(metric: MetricName, read: () => number, type: 'gauge' | 'counter' = 'gauge') {
    this.metric = metric;
    this.read = read;
    this.type = type;
  }

  expose(): string {
    return [...head(this.metric, this.type), `${this.metric.name} ${this.read()}`].join('\n');
  }
}

/** How a measure is spread over fixed steps. */
export class Histogram implements Metric {
  private readonly metric: MetricName;
  private readonly bounds: readonly number[];
  private readonly counts: number[];
  private sum = 0;
  private count = 0;

  /** @param bounds Upper bounds of the steps, rising. */
  constructor(metric: MetricName, bounds: readonly number[]) {
    this.metric = metric;
    this.bounds = bounds;
    this.counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.sum += value;
    this.count += 1;
    const index = this.bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.counts[index] = (this.counts[index] ?? 0) + 1;
  }

  expose(): string {
    const { name } = this.metric;
    let below = 0;
    const steps = this.bounds.map((bound, index) => {
      below += this.counts[index] ?? 0;
      return `${name}_bucket{le="${bound}"} ${below}`;
    });
    return [
      ...head(this.metric, 'histogram'),
      ...steps,
      `${name}_bucket{le="+Inf"} ${this.count}`,
      `${name}_sum ${this.sum}`,
      `${name}_count ${this.count}`,
    ].join('\n');
  }
}

function head({ name, help }: MetricName, type: string): readonly string[] {
  return [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
  ];
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
