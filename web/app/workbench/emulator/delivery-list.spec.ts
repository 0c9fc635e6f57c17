import { TestBed } from '@angular/core/testing';

import type { EmulatorApp, EmulatorDeliveries, EmulatorDelivery } from '#protocol/emulator-controls';

import { EmulatorClient } from '../../bridge/emulator-client';
import { buildFailure } from '../../testing/build-failure';
import { expectAccessible } from '../../testing/expect-accessible';
import { settle } from '../../testing/provide-conversation';
import { secondsWords } from '../../ui/time-words';
import { DeliveryList } from './delivery-list';
import { DeliveryWatch } from './delivery-watch';
import { EmulatorDesk } from './emulator-desk';

class FakeDeliveries implements Pick<
  EmulatorClient,
  'faults' | 'settings' | 'deliveries' | 'switchOn' | 'redeliver'
> {
  told: EmulatorDeliveries = { deliveries: [], apps: [] };
  failure: Error | null = null;
  slow: Promise<EmulatorDeliveries> | null = null;
  readonly asked: boolean[] = [];
  readonly switchedOn: string[] = [];
  readonly redelivered: string[] = [];
  refusal: Error | null = null;

  faults = () => Promise.resolve([]);
  settings = () => Promise.resolve({ hasSurvey: true });
  deliveries = (isFailedOnly: boolean) => {
    this.asked.push(isFailedOnly);
    if (this.slow !== null) return this.slow;
    return this.failure === null ? Promise.resolve(this.told) : Promise.reject(this.failure);
  };
  switchOn = (id: string) => {
    this.switchedOn.push(id);
    this.told = { ...this.told, apps: [] };
    return Promise.resolve();
  };
  redeliver = (id: string) => {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.redelivered.push(id);
    const [first] = this.told.deliveries;
    const number = Number((first?.id ?? 'run-0').split('-').at(-1)) + 1;
    const again = { redelivery: this.redelivered.length, attempt: null };
    const deliveries = [tried(number, { ...again, outcome: 'lost' }), ...this.told.deliveries];
    this.told = { ...this.told, deliveries };
    return Promise.resolve();
  };
}

const tried = (number: number, more: Partial<EmulatorDelivery> = {}): EmulatorDelivery => ({
  ...{
    id: `run-${number}`,
    at: AT,
    eventType: 'ms.MessagingEventNotification.ContentEvent',
    attempt: 1,
    reason: null,
  },
  ...{ endpoint: 'http://localhost:9000/hook', outcome: 'failed', status: 500, durationMs: 12 },
  ...{ app: { id: 'app', name: 'My app' } },
  ...{ nextAt: null, isTriedAgain: false, isGivenUp: false, redelivery: null },
  ...{ redelivered: null, isKept: true, ...more },
});
const AT = Date.UTC(2026, 0, 15, 10, 42, 7);

const app = (more: Partial<EmulatorApp>): EmulatorApp => ({
  ...{ id: 'app', name: 'My app', isFailing: false, nextAt: null, waiting: 0, endpoints: [], ...more },
});
const troubled = (more: Partial<EmulatorApp['endpoints'][number]>): EmulatorApp =>
  app({
    endpoints: [
      { endpoint: 'http://localhost:9000/hook', trouble: 'failing', status: null, reason: null, ...more },
    ],
  });

async function openList(told: EmulatorDeliveries) {
  const client = new FakeDeliveries();
  client.told = told;
  TestBed.configureTestingModule({
    providers: [EmulatorDesk, DeliveryWatch, { provide: EmulatorClient, useValue: client }],
  });
  const watch = TestBed.inject(DeliveryWatch);
  const fixture = TestBed.createComponent(DeliveryList);
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  const rest = async () => {
    await settle();
    await fixture.whenStable();
  };
  await watch.look();
  await rest();
  const rows = () =>
    [...element.querySelectorAll('.tries li')].map((row) => row.textContent.replaceAll(/\s+/g, ' ').trim());
  /** Of each row all but the endpoint. */
  const cells = () =>
    [...element.querySelectorAll('.tries li')].map((row) =>
      [...row.querySelectorAll(':scope > :not(.where, button)')]
        .map((cell) => cell.textContent.trim())
        .join('|'),
    );
  const notes = () =>
    [...element.querySelectorAll('.note')].map((note) => note.textContent.replaceAll(/\s+/g, ' ').trim());
  const buttons = () => [...element.querySelectorAll<HTMLElement>('.tries button')];
  return { client, watch, element, rest, rows, cells, notes, buttons, desk: TestBed.inject(EmulatorDesk) };
}

describe('the emulator’s deliveries', () => {
  it('tell of each try what was answered and what becomes of the webhook', async () => {
    const nextAt = AT + 30_000;
    const ended = { status: null, endpoint: null, attempt: null };
    const { element, cells } = await openList({
      apps: [],
      deliveries: [
        tried(7, { outcome: 'delivered', status: 200, attempt: 3 }),
        tried(6, { nextAt }),
        tried(5, { isTriedAgain: true, status: null, reason: 'refused' }),
        tried(4, { outcome: 'lost', status: null, reason: 'no-answer', durationMs: 5_000 }),
        tried(3, { outcome: 'lost', status: null, reason: 'switched-off' }),
        tried(2, { ...ended, outcome: 'expired' }),
        tried(1, { ...ended, outcome: 'unwanted', reason: 'unwanted' }),
        tried(0, { isGivenUp: true, attempt: 2 }),
      ],
    });

    const answers = [
      'Delivered|Attempt 3: 200 in 12 ms',
      `Again at ${secondsWords(nextAt)}|Attempt 1: 500 in 12 ms`,
      'Tried again|Attempt 1: connection refused',
      'Lost|Attempt 1: no answer in 5.0 s',
      'Lost|Attempt 1: not sent: endpoint switched off',
      'Lost|not sent: older than its retention time',
      'Dropped|not sent: the app does not want it any more',
      'Given up later|Attempt 2: 500 in 12 ms',
    ];
    expect(cells()).toEqual(answers.map((answer) => `${secondsWords(AT)}|ContentEvent|${answer}`));
    expect(element.querySelector('.endpoint')!.getAttribute('title')).toBe('http://localhost:9000/hook');
    await expectAccessible(element);
  });

  it('name the app of each try where they are of several, and of none where they are of one', async () => {
    const other = { id: 'other', name: 'Second shop with a very long name that does not fit into the line' };
    const both = { deliveries: [tried(2, { app: other }), tried(1)], apps: [] };
    const { client, element, rest, buttons, watch } = await openList(both);
    const apps = () => [...element.querySelectorAll<HTMLElement>('.app')];
    const heights = () => [...element.querySelectorAll('.tries li')].map(({ clientHeight }) => clientHeight);

    expect(apps().map(({ textContent, title }) => [textContent.trim(), title])).toEqual([
      [other.name, `${other.name} (other)`],
      ['My app', 'My app (app)'],
    ]);
    expect(buttons().map(({ ariaLabel }) => ariaLabel)).toEqual([
      `Redeliver ContentEvent of ${secondsWords(AT)} for ${other.name}`,
      `Redeliver ContentEvent of ${secondsWords(AT)} for My app`,
    ]);
    await expectAccessible(element);
    const [tall = 0] = heights();

    client.told = { deliveries: [tried(3), tried(1)], apps: [] };
    await watch.look();
    await rest();
    expect(apps()).toEqual([]);
    expect(heights()).toEqual([tall, tall]);
  });

  it('redeliver what is asked for, as often as it is, and tell it apart from the emulator’s own tries', async () => {
    const { client, desk, element, rest, cells, buttons } = await openList({
      apps: [],
      deliveries: [tried(8, { outcome: 'delivered', status: 200 }), tried(7)],
    });
    const [, button] = buttons();
    expect(button!.getAttribute('aria-label')).toBe(`Redeliver ContentEvent of ${secondsWords(AT)}`);

    button!.focus();
    button!.click();
    button!.click();
    await rest();
    await rest();

    expect(client.redelivered).toEqual(['run-7', 'run-7']);
    expect(cells().map((row) => row.split('|').slice(2).join('|'))).toEqual([
      'Not taken|Redelivery 2: 500 in 12 ms',
      'Not taken|Redelivery 1: 500 in 12 ms',
      'Delivered|Attempt 1: 200 in 12 ms',
      'Waits|Attempt 1: 500 in 12 ms',
    ]);
    expect(desk.told()).toMatch(/^ContentEvent: Redelivery [12]: 500 in 12 ms$/);
    expect(document.activeElement).toBe(button!);
    await expectAccessible(element);
  });

  it('warn no longer of a lost webhook that a redelivery brought, and say which one and when', async () => {
    const lost = { outcome: 'lost', status: null, reason: 'refused' } as const;
    const taken = { outcome: 'delivered', status: 200, attempt: null, redelivery: 2 } as const;
    const redelivered = { redelivery: 2, at: AT + 3_000 };
    const { element, cells } = await openList({
      apps: [],
      deliveries: [
        tried(5, taken),
        tried(4, { outcome: 'expired', status: null, endpoint: null, attempt: null, redelivered }),
        tried(3, { ...lost, redelivered }),
        tried(2, lost),
        tried(1, { outcome: 'delivered', status: 200, redelivered }),
      ],
    });

    const again = `Redelivery 2 was taken at ${secondsWords(AT + 3_000)}.`;
    expect(cells().map((row) => row.split('|').slice(2).join('|'))).toEqual([
      'Delivered|Redelivery 2: 200 in 12 ms',
      `Lost, redelivered|not sent: older than its retention time|${again}`,
      `Lost, redelivered|Attempt 1: connection refused|${again}`,
      'Lost|Attempt 1: connection refused',
      'Delivered|Attempt 1: 200 in 12 ms',
    ]);
    const tones = [...element.querySelectorAll<HTMLElement>('app-status-chip')].map(
      ({ dataset }) => dataset['tone'],
    );
    expect(tones).toEqual(['ok', 'neutral', 'neutral', 'danger', 'ok']);
    await expectAccessible(element);
  });

  it('say why something was not redelivered, and look whether it still can be', async () => {
    const { client, desk, rest, buttons } = await openList({ apps: [], deliveries: [tried(1)] });
    client.refusal = buildFailure('redelivery-refused');
    client.told = { apps: [], deliveries: [tried(1, { isKept: false })] };

    buttons()[0]!.click();
    await rest();

    expect(desk.failure()?.title).toBe('The webhook was not redelivered');
    expect(buttons()[0]!.getAttribute('aria-disabled')).toBe('true');
  });

  it('redeliver nothing whose body is no longer kept, and say so', async () => {
    const { client, element, rest, buttons } = await openList({
      apps: [],
      deliveries: [tried(1, { isKept: false })],
    });
    const [button] = buttons();
    const reason = element.querySelector(`#${button!.getAttribute('aria-describedby')!}`);

    button!.click();
    await rest();

    expect(reason?.textContent).toContain('no longer kept');
    expect(client.redelivered).toEqual([]);
    await expectAccessible(element);
  });

  it('say what will show while there is nothing', async () => {
    const { client, element, rest, rows } = await openList({ deliveries: [], apps: [] });
    expect(rows()).toEqual([jasmine.stringContaining('No webhook was sent yet')]);

    element.querySelector('input')!.click();
    await rest();

    expect(client.asked).toEqual([false, true]);
    expect(rows()).toEqual([jasmine.stringContaining('Nothing failed')]);
  });

  it('name each endpoint in trouble with what to do', async () => {
    const apps = [
      { ...troubled({ status: 500 }), id: '1' },
      { ...troubled({ reason: 'refused' }), id: '2' },
      { ...troubled({ trouble: 'slow' }), id: '3' },
      { ...app({ isFailing: true, nextAt: AT, waiting: 2 }), id: '4' },
      { ...app({ isFailing: true }), id: '5' },
      { ...troubled({ reason: 'certificate' }), id: '6' },
      { ...troubled({ reason: 'elsewhere' }), id: '7' },
    ];
    const { element, notes } = await openList({ deliveries: [], apps });

    expect(notes()).toEqual([
      jasmine.stringMatching('answered 500.*Only 200 and 201'),
      jasmine.stringMatching('was not taken.*Nothing listens there'),
      jasmine.stringMatching('Slow.*Answer 200 first'),
      jasmine.stringMatching(`My app takes no webhooks: 2 wait.*${secondsWords(AT)}`),
      jasmine.stringMatching('My app takes no webhooks: 0 wait.*with the next webhook'),
      jasmine.stringMatching('was not taken.*certificate for this host'),
      jasmine.stringMatching('was not taken.*its own machine only. Let your connector listen there'),
    ]);
    await expectAccessible(element);
  });

  it('let a switched-off endpoint be switched on, with the keyboard left beside it', async () => {
    const { client, element, rest, notes } = await openList({
      deliveries: [],
      apps: [troubled({ trouble: 'switched-off' })],
    });
    expect(notes()).toEqual([jasmine.stringMatching('Switched off.*Nothing is sent there')]);

    element.querySelector<HTMLElement>('.note button')!.click();
    await rest();

    expect(client.switchedOn).toEqual(['app']);
    expect(notes()).toEqual([]);
    expect(document.activeElement).toBe(element.querySelector('h4'));
  });

  it('are asked for again and again until nobody looks, and say when they cannot be had', async () => {
    const { client, watch, element, rest } = await openList({ deliveries: [], apps: [] });
    jasmine.clock().install();
    try {
      client.failure = buildFailure('upstream-unreachable');
      watch.start();
      for (let look = 0; look < 3; look += 1) {
        await settle();
        jasmine.clock().tick(2_000);
      }
      watch.stop();
      await settle();
      jasmine.clock().tick(60_000);
    } finally {
      jasmine.clock().uninstall();
    }
    await rest();

    expect(client.asked.length).toBe(1 + 1 + 3);
    expect(element.querySelector('app-failure-note')).not.toBeNull();
  });

  it('wait for a slow answer before they are asked for again, and show it', async () => {
    const { client, watch, rest, rows } = await openList({ deliveries: [], apps: [] });
    const slow = Promise.withResolvers<EmulatorDeliveries>();
    client.slow = slow.promise;
    jasmine.clock().install();
    try {
      watch.start();
      jasmine.clock().tick(9_000);
      expect(client.asked.length).toBe(1 + 1);
      slow.resolve({ deliveries: [tried(1)], apps: [] });
      await settle();
      watch.stop();
    } finally {
      jasmine.clock().uninstall();
    }
    await rest();

    expect(rows()).toEqual([jasmine.stringContaining('Attempt 1')]);
  });
});
