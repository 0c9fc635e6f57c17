import type { NotificationRefused } from '#protocol/bridge-events';

import { expectAccessible } from '../testing/expect-accessible';
import { APP, LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

const refused = (reason: NotificationRefused['reason'], status: number): NotificationRefused => ({
  ...{ kind: 'notification-refused', deliveryId: `d-${reason}`, status, reason, appKey: APP },
  ...{ detail: 'All of why, in some sentences.', headers: { host: 'x' }, sizeBytes: 12 },
});

describe('WebhookRow', () => {
  async function renderRows() {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(refused('body-differs', 401));
    writer.add(refused('body-differs', 200));
    writer.add(refused('invalid-json', 400));
    return renderInspector(writer);
  }

  it('tells what the sender was answered, also where a refusal was only observed', async () => {
    const { element } = await renderRows();
    const answers = [...element.querySelectorAll('app-webhook-row .answer')];

    expect(answers.map((answer) => textOf(answer.querySelector('span[aria-hidden]')))).toEqual([
      '200',
      '401',
      '200',
      '400',
    ]);
    expect(answers.map((answer) => answer.getAttribute('title'))).toEqual([
      'signature valid, answered with 200',
      'signature differs, answered with 401',
      'signature differs, answered with 200',
      'no JSON, answered with 400',
    ]);
    expect(answers.map(({ classList }) => classList.contains('refused'))).toEqual([false, true, true, true]);
    await expectAccessible(element);
  });

  it('says in a word or two why a webhook was refused, and all of it for who points at it', async () => {
    const { element } = await renderRows();
    const summaries = [...element.querySelectorAll('app-webhook-row .summary')];

    expect(summaries.map(textOf)).toEqual(['a', 'signature differs', 'signature differs', 'no JSON']);
    expect(summaries[1]?.getAttribute('title')).toBe('All of why, in some sentences.');
  });

  it('is found by what was answered, by the word and by all that is said of a refusal', async () => {
    const { store } = await renderRows();
    const found = (text: string) => {
      store.filterText.set(text);
      return store.webhooks().map(({ id }) => id);
    };

    expect(found('status:200')).toEqual([1, 3]);
    expect(found('status:>=400')).toEqual([2, 4]);
    expect(found('summary:differs')).toEqual([2, 3]);
    expect(found('some sentences')).toEqual([2, 3, 4]);
  });
});
