import { Counter, Gauge, Histogram } from './metric.ts';

describe('metrics', () => {
  it('count by their labels', () => {
    const counter = new Counter({ name: 'calls_total', help: 'Calls.' }, ['service', 'status']);

    counter.add({ service: 'idp', status: '200' });
    counter.add({ service: 'idp', status: '200' }, 2);
    counter.add({ service: 'idp', status: '500' });

    expect(counter.expose().split('\n')).toEqual([
      '# HELP calls_total Calls.',
      '# TYPE calls_total counter',
      'calls_total{service="idp",status="200"} 3',
      'calls_total{service="idp",status="500"} 1',
    ]);
  });

  it('are there from the start when they have no labels', () => {
    expect(new Counter({ name: 'lost_total', help: 'Lost.' }).expose()).toContain('\nlost_total 0');
  });

  it('never grow without bound, and lose no count over it', () => {
    const counter = new Counter({ name: 'x_total', help: 'X.' }, ['label']);

    for (let value = 0; value < 1_000; value += 1) counter.add({ label: String(value) });

    const lines = counter.expose().split('\n');
    expect(lines.length).toBeLessThan(110);
    expect(lines).toContain('x_total{label="other"} 900');
  });

  it('escape what a label holds', () => {
    const counter = new Counter({ name: 'x_total', help: 'X.' }, ['label']);

    counter.add({ label: 'a"b\\c\nd' });

    expect(counter.expose()).toContain('x_total{label="a\\"b\\\\c\\nd"} 1');
  });

  it('spread measures over steps that add up', () => {
    const histogram = new Histogram({ name: 'took_seconds', help: 'Took.' }, [0.1, 1]);

    for (const value of [0.1, 0.5, 2]) histogram.observe(value);

    expect(histogram.expose().split('\n').slice(1)).toEqual([
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="0.1"} 1',
      'took_seconds_bucket{le="1"} 2',
      'took_seconds_bucket{le="+Inf"} 3',
      'took_seconds_sum 2.6',
      'took_seconds_count 3',
    ]);
  });

  it('read what is measured when it is asked for', () => {
    let level = 1;
    const gauge = new Gauge({ name: 'level', help: 'Level.' }, () => level);
    level = 7;

    expect(gauge.expose()).toBe('# HELP level Level.\n# TYPE level gauge\nlevel 7');
  });
});
