import type { Locator, Page } from '@playwright/test';

import { messagesOf, startConversation, type PlayedAgent } from './played-agent.ts';
import { expect, test } from './world.ts';

type List = 'Timeline' | 'Webhooks' | 'Requests';

const rows = (page: Page, list: List): Locator =>
  page.getByRole('listbox', { name: list }).getByRole('option');
const openTab = (page: Page, name: List | 'State') =>
  page.getByRole('tab', { name: new RegExp(name) }).click();
const filterBy = (page: Page, text: string) =>
  page.getByRole('searchbox', { name: 'Filter', exact: true }).fill(text);
const WIDTHS = [1440, 1024, 390] as const;

/** At 390 px one pane is shown at a time. */
async function resizeTo(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 844 });
  const pane = page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Inspector' });
  if (await pane.isVisible()) await pane.click();
}

/** One message overtakes another. */
async function overtake(page: Page, agent: PlayedAgent): Promise<void> {
  const content = { count: 1, match: { eventType: 'ContentEvent' } };
  await agent.faults({ on: 'webhook', kind: 'reorder', ms: 3_000, ...content });
  await agent.say({ text: 'overtaken' });
  await agent.say({ text: 'overtaking' });
  await expect(messagesOf(page).getByText('overtaken')).toBeVisible();
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error('Nothing is there');
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

test('what did not come is told where one looks, until the history has it', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, match: { eventType: 'ContentEvent' } });
  await agent.say({ text: 'nobody hears this' });
  await agent.say({ text: 'everybody hears this' });
  await expect(messagesOf(page).getByText('everybody hears this')).toBeVisible();
  const gap = /sequence \d+ has not come/;

  await openTab(page, 'Webhooks');
  await expect(rows(page, 'Webhooks').filter({ hasText: gap })).toHaveCount(1, { timeout: 25_000 });
  await openTab(page, 'Timeline');
  await expect(rows(page, 'Timeline').filter({ hasText: gap })).toHaveCount(1);
  await openTab(page, 'State');
  const missing = page.getByRole('region', { name: 'Sequences that did not come' });
  await expect(missing).toContainText(/MAIN\s*\d+ \(not here; perhaps/);

  await page.reload();
  await expect(messagesOf(page).getByText('nobody hears this')).toBeVisible();
  await expect(missing).toHaveCount(0);
});

test('a call without an answer is a row of its own until it has one, in every tab and after a reload', async ({
  page,
  context,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.faults({ on: 'call', kind: 'drop', match: { eventType: 'ContentEvent' } });
  await page.getByRole('textbox', { name: 'Message' }).fill('Into the void');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  const ofCall = (tab: Page) => rows(tab, 'Timeline').filter({ hasText: /ContentEvent Into the void/ });

  for (const tab of [page, other]) {
    await expect(ofCall(tab)).toHaveCount(1);
    await expect(ofCall(tab)).toContainText('waiting');
    await expect(ofCall(tab)).toContainText('now');
  }
  await ofCall(page).click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('Into the void');
  await page.reload();
  await expect(ofCall(page)).toContainText('waiting');
  await expect(details).toContainText('Waiting since');
  await openTab(other, 'Requests');
  const listed = rows(other, 'Requests').filter({ hasText: 'Into the void' });
  await expect(listed).toContainText('waiting');
  // Of this call alone: what a page that goes and comes tells the cloud may be under way for long.
  await filterBy(other, 'void');
  const counted = other.locator('app-inspector-tools .matches');
  await expect(counted).toHaveText(/^1 of \d+$/);

  await expect(listed).toContainText('none', { timeout: 20_000 });
  await expect(details).toContainText('No answer came');
  await expect(listed).toHaveCount(1);
  await expect(ofCall(page)).toHaveCount(2);
  await expect(ofCall(page).first()).not.toContainText('waiting');
  await expect(counted).toHaveText(/^1 of \d+$/);
});

test('a late message stands in the timeline where it was said, its webhook where it came and by how much', async ({
  page,
  world,
}) => {
  await overtake(page, await startConversation(page, world));
  await filterBy(page, 'type:content role:agent');
  await expect(rows(page, 'Timeline')).toHaveCount(6);

  const told = (await rows(page, 'Timeline').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  const place = (words: RegExp) => told.findIndex((text) => words.test(text));
  expect(place(/Agent to Connector API: ContentEvent overtaken/)).toBe(0);
  expect(place(/Agent to Connector API: ContentEvent overtaking/)).toBeGreaterThan(0);
  expect(place(/sequence 1 late/)).toBeGreaterThan(place(/webhook ContentEvent sequence 2/));
  const late = rows(page, 'Timeline').filter({ hasText: 'late' });
  await expect(late.locator('.arrow')).toHaveClass(/late/);
  await expect(late.locator('.delay')).toHaveText(/\+\d/);
  await late.click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(/after the cloud stamped it at/);
});

test('each head of the timeline stands on its lifeline, and no arrow’s title is cut, at every width', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  for (const width of WIDTHS) {
    await resizeTo(page, width);
    await expect(rows(page, 'Timeline').first()).toBeVisible();
    for (let lane = 0; lane < 4; lane += 1) {
      const head = await box(page.locator('app-timeline .head').nth(lane));
      const line = await box(page.locator('app-timeline .line').nth(lane));
      expect(Math.abs((head.x + head.right) / 2 - line.x), `head ${lane} at ${width} px`).toBeLessThan(2);
      expect(head.right).toBeLessThanOrEqual(width);
    }
    const cut = await page
      .locator('app-timeline-row strong')
      .evaluateAll((titles) =>
        titles.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );
    expect(cut, `${width} px`).toEqual([]);
  }
});

test('in the lists no head is cut, nor why a webhook was refused and what it was answered, nor the end of a path', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.faults({ on: 'webhook', kind: 'wrong-signature', match: { eventType: 'ContentEvent' } });
  await agent.say({ text: 'signed by a stranger' });
  const cutIn = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((cells) =>
        cells
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
          .map((cell) => cell.textContent.trim()),
      );

  for (const width of WIDTHS) {
    await resizeTo(page, width);
    await openTab(page, 'Webhooks');
    const refused = rows(page, 'Webhooks').filter({ hasText: 'Refused' }).first();
    await expect(refused).toContainText('signature differs');
    await expect(refused).toContainText('401');
    expect(await cutIn('app-webhook-heads span'), `${width} px`).toEqual([]);
    const cut = await cutIn('app-webhook-row .summary, app-webhook-row .answer');
    expect(
      cut.filter((text) => /differs|401/.test(text)),
      `${width} px`,
    ).toEqual([]);
    await openTab(page, 'Requests');
    await expect(rows(page, 'Requests').first()).toContainText('/app/token');
    expect(await cutIn('app-request-heads span'), `${width} px`).toEqual([]);
    const ends = await cutIn('app-request-row .where-end');
    expect(
      ends.filter((text) => /token|send/.test(text)),
      `${width} px`,
    ).toEqual([]);
  }
});

test('a filter is there again after a reload, in sight, and gone after signing out', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  await openTab(page, 'Webhooks');
  await filterBy(page, 'type:content');
  await page.getByRole('checkbox', { name: /All/ }).check();
  await expect(rows(page, 'Webhooks')).toHaveCount(1);

  await page.reload();
  const filter = page.getByRole('searchbox', { name: 'Filter', exact: true });
  await expect(filter).toHaveValue('type:content');
  await expect(page.getByRole('checkbox', { name: /All/ })).toBeChecked();
  await expect(rows(page, 'Webhooks')).toHaveCount(1);
  await expect(page.locator('app-inspector-tools .matches')).toHaveText(/^1 of \d+$/);

  await page.getByRole('button', { name: /admin/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(filter).toHaveValue('');
  await expect(page.getByRole('checkbox', { name: /All/ })).not.toBeChecked();
});

test('with an arrow chosen all delays count from it, and it says so', async ({ page, world }) => {
  await startConversation(page, world);
  const echo = rows(page, 'Timeline').filter({ hasText: /webhook ContentEvent\s+sequence 0/ });
  await echo.click();

  await expect(echo.locator('.delay')).toHaveText('0 ms');
  await expect(page.locator('app-timeline-row.dimmed').first()).toBeVisible();
  await expect(page.locator('app-timeline-row.dimmed .delay')).toHaveCount(0);
  await expect(page.locator('app-timeline-row.lit:not(.chosen) .delay').first()).toHaveText(/^[−+]\d/);
});

test('structured content that is not valid is told as not drawn', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.say({ richContent: { type: 'vertical', elements: [{ type: 'image' }] } });
  await expect(messagesOf(page).getByText('This structured content is not valid')).toBeVisible();

  await expect(rows(page, 'Timeline').filter({ hasText: 'not drawn: invalid' })).toHaveCount(1);
});

test('a call and its answer are named alike, and light together under the pointer', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  const call = rows(page, 'Timeline').filter({ hasText: /ContentEvent\s+Hello · ms\.PublishEvent/ });
  const answer = rows(page, 'Timeline').filter({ hasText: /200 · sequence 0\s+to ContentEvent Hello/ });
  await call.hover();

  await expect(page.locator('app-timeline-row.paired')).toHaveCount(2);
  await expect(answer.locator('app-timeline-row')).toHaveClass(/paired/);
});

test('the timeline has a clock: day and time above, milliseconds at each arrow', async ({ page, world }) => {
  await startConversation(page, world);

  await expect(page.locator('app-timeline .heads .clock')).toHaveText(/\d\d:\d\d:\d\d/);
  await page.getByRole('listbox', { name: 'Timeline' }).press('Home');
  await expect(rows(page, 'Timeline').first().locator('.clock')).toHaveText(/^\s*\.\d{3}$/);
});

test('the lists name their columns, and each heading stands over its column', async ({ page, world }) => {
  await startConversation(page, world);
  for (const width of WIDTHS) {
    await resizeTo(page, width);
    for (const [list, columns] of [
      ['Webhooks', ['time', 'type', 'sequence']],
      ['Requests', ['time', 'summary', 'took']],
    ] as const) {
      await openTab(page, list);
      const row = rows(page, list).filter({ hasText: 'ContentEvent' }).first();
      // Until then the heads are those of the other list.
      await expect(row).toBeVisible();
      for (const column of columns) {
        const head = await box(page.locator(`:is(app-webhook-heads, app-request-heads) .${column}`));
        const cell = await box(row.locator(`.${column}`));
        const edge = column === 'took' || column === 'sequence' ? 'right' : 'x';
        expect(Math.abs(head[edge] - cell[edge]), `${list} ${column} ${width} px`).toBeLessThan(4);
      }
    }
  }
});

test('on a phone names of events and the end of each path can be read', async ({ page, world }) => {
  await startConversation(page, world);
  await resizeTo(page, 390);
  const cutIn = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );

  await openTab(page, 'Webhooks');
  await expect(rows(page, 'Webhooks').filter({ hasText: 'ExConversationChange' }).first()).toBeVisible();
  expect(await cutIn('app-webhook-row .type')).toEqual([]);
  await openTab(page, 'Requests');
  await expect(rows(page, 'Requests').filter({ hasText: '/conversation/send' }).first()).toBeVisible();
  expect(await cutIn('app-request-row .where-end')).toEqual([]);
});

test('marks and counts are whole on a phone, and no words stand at its edge', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.faults({
    on: 'webhook',
    kind: 'duplicate',
    times: 3,
    count: 1,
    match: { eventType: 'ContentEvent' },
  });
  await agent.say({ text: 'Said once, with many words, and posted three times' });
  await overtake(page, agent);
  await resizeTo(page, 390);
  await expect(rows(page, 'Timeline')).not.toHaveCount(0);
  await expect
    .poll(() =>
      page
        .locator('app-timeline-row .words')
        .evaluateAll((labels) => Math.max(0, ...labels.map((label) => label.getBoundingClientRect().right))),
    )
    .toBeLessThanOrEqual(390 - 12);
  await openTab(page, 'Webhooks');
  const marks = page.locator('app-webhook-row .mark');
  await expect(marks).toHaveText(['2 duplicates', 'late']);
  for (const mark of await marks.all()) expect((await box(mark)).right).toBeLessThan(390);
  const status = page.getByRole('group', { name: 'Status' });
  await expect(status.getByText(/\d+ webhooks?/)).toBeVisible();
  await expect(status.getByText(/\d+ requests?/)).toBeVisible();
  await filterBy(page, 'type:content role:agent');
  await expect(page.locator('app-inspector-tools .matches')).toHaveText(/^3 of \d+$/);
});

test('the line at the bottom keeps its counts and the emulator’s button whole at every width', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  const line = page.getByRole('group', { name: 'Status' });
  for (const width of [1440, 1024, 860, 775, 768, 720, 701, 700, 390, 320]) {
    await resizeTo(page, width);
    const button = await box(line.getByRole('button', { name: 'Emulator controls' }));
    const whole = await box(line);
    expect(button.right, `${width} px`).toBeLessThanOrEqual(width);
    expect(button.bottom, `${width} px`).toBeLessThanOrEqual(whole.bottom);
    const cut = await line
      .locator('.counts > *')
      .evaluateAll((counts) => counts.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    expect(cut, `${width} px`).toBe(0);
    // What is on the line is there as a whole.
    const facts = await box(line.locator('.facts'));
    for (const fact of await line.locator('.facts > :visible').all()) {
      const { right, y } = await box(fact);
      if (y < whole.bottom) expect(right, `${width} px`).toBeLessThanOrEqual(facts.right + 1);
    }
  }
});

test('the head of the details has the same parts at every width, none cut, and closes in its corner', async ({
  page,
  world,
}) => {
  // The widths of the panes are those of the window in which they were first seen.
  await page.setViewportSize({ width: 1024, height: 768 });
  await startConversation(page, world);
  for (const width of [1024, 1440, 390]) {
    await resizeTo(page, width);
    await openTab(page, 'Requests');
    await rows(page, 'Requests').filter({ hasText: 'Hello' }).click();
    const details = page.getByRole('region', { name: 'Details' });
    const head = await box(details.locator('app-detail-head'));
    const close = await box(details.getByRole('button', { name: 'Close details' }));
    expect(head.right - close.right, `${width} px`).toBeLessThan(20);
    expect(close.y - head.y, `${width} px`).toBeLessThan(16);
    await expect(details.locator('.kind'), `${width} px`).toBeVisible();
    await expect(details.locator('app-detail-head .time'), `${width} px`).toBeVisible();
    const title = details.locator('.title');
    expect(await title.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThan(2);
    expect(head.height, `${width} px`).toBeLessThan(width > 1024 ? 48 : 80);
    await details.getByRole('button', { name: 'Close details' }).click();
  }
});

test('a conversation that is opened again is at its newest in every list, its last row whole', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  for (let at = 1; at <= 12; at += 1) await agent.say({ text: `Answer ${at}` });
  await expect(messagesOf(page).getByText('Answer 12')).toBeVisible();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect(page.locator('app-start-panel')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Another question');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(rows(page, 'Timeline').filter({ hasText: 'Another question' }).first()).toBeVisible();
  await agent.say({ text: 'Are you still there?' });

  await page.getByRole('list', { name: 'Conversations' }).getByText('Are you still there?').click();
  await expect(messagesOf(page).getByText('Are you still there?')).toBeVisible();
  const list = page.getByRole('listbox', { name: 'Timeline' });
  await expect(rows(page, 'Timeline').filter({ hasText: 'webhook READ' }).last()).toBeVisible();
  await expect
    .poll(() => list.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight))
    .toBe(0);
  await expect(page.getByRole('button', { name: 'Newest' })).toHaveAttribute('aria-pressed', 'true');
  // Rows may still come between the two measurements.
  await expect
    .poll(async () => {
      const last = await box(rows(page, 'Timeline').last());
      return Math.abs(last.bottom - (await box(list)).bottom);
    })
    .toBeLessThan(0.5);
});

test('with details open the list ends at them, and shows what belongs to the chosen arrow', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  for (let at = 1; at <= 12; at += 1) await agent.say({ text: `Answer ${at}` });
  await expect(messagesOf(page).getByText('Answer 12')).toBeVisible();
  await openTab(page, 'Webhooks');
  await rows(page, 'Webhooks').filter({ hasText: 'Hello' }).click();
  const list = await box(page.getByRole('listbox', { name: 'Webhooks' }));
  const detail = await box(page.getByRole('region', { name: 'Details' }));
  expect(detail.y - list.bottom).toBeLessThan(50);

  await openTab(page, 'Timeline');
  await page.getByRole('listbox', { name: 'Timeline' }).press('Home');
  const echo = rows(page, 'Timeline').filter({ hasText: /webhook ContentEvent\s+sequence 0/ });
  await echo.click();
  await expect(page.locator('app-timeline-row.lit')).toHaveCount(4);
  for (const lit of await page.locator('app-timeline-row.lit').all()) {
    await expect(lit).toBeInViewport({ ratio: 0.95 });
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`arrows that do not belong to the chosen one keep a contrast of 3:1, ${colorScheme}`, async ({
    page,
    world,
  }) => {
    await page.emulateMedia({ colorScheme });
    await startConversation(page, world);
    await rows(page, 'Timeline')
      .filter({ hasText: /ms\.PublishEvent/ })
      .first()
      .click();
    await expect(page.locator('app-timeline-row.dimmed').first()).toBeVisible();

    const contrasts = await page.locator('app-timeline-row.dimmed .arrow').evaluateAll(contrastsOf);
    expect(contrasts.length).toBeGreaterThan(3);
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
  });
}

/** Runs in the page: how far each arrow's colour, as pale as it is drawn, stands off from the pane's ground. */
function contrastsOf(arrows: Element[]): number[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (canvas === null) return [];
  const painted = (colors: readonly (readonly [string, number])[]) => {
    for (const [color, alpha] of colors) {
      canvas.globalAlpha = alpha;
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const linear = [red, green, blue].map((part) =>
      part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const ground = getComputedStyle(document.querySelector('app-inspector-pane') ?? document.body);
  return arrows.map((arrow) => {
    const { color, opacity } = getComputedStyle(arrow);
    const one = painted([[ground.backgroundColor, 1]]);
    const other = painted([
      [ground.backgroundColor, 1],
      [color, Number(opacity)],
    ]);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
}

test('calls of the account are out of sight beside a conversation until one wants them, and marked as such', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  const conversation = page.url();
  // What the page of apps asks the cloud concerns no conversation.
  await page.goto('/apps');
  await expect(page.getByRole('table')).toBeVisible();
  await page.goto(conversation);
  await openTab(page, 'Requests');
  const hidden = page.getByText(/calls? of the account (is|are) hidden/);
  await expect(hidden).toBeVisible();
  await expect(page.locator('app-request-row .scope')).toHaveCount(0);
  await page.getByRole('button', { name: /^Show (it|them)$/ }).click();
  await expect(page.locator('app-request-row .scope')).not.toHaveCount(0);
  await page.getByRole('button', { name: /^Hide (it|them)$/ }).click();
  await expect(hidden).toBeVisible();

  await filterBy(page, 'scope:account');
  const marked = rows(page, 'Requests');
  await expect(marked.first().locator('.scope')).toHaveText('account');
  await expect(marked.first().locator('.scope')).toHaveAttribute('title', /account as a whole/);

  await filterBy(page, '-scope:account');
  await expect(rows(page, 'Requests').filter({ hasText: 'Hello' })).toHaveCount(1);
  await expect(page.locator('app-request-row .scope')).toHaveCount(0);
});

test('a mistake in the filter is told where it is made', async ({ page, world }) => {
  await startConversation(page, world);
  await openTab(page, 'Webhooks');
  await filterBy(page, 'role:agnt');
  await expect(page.getByText('Nothing here has “agnt” in “role”. There is: CONSUMER')).toBeVisible();

  await openTab(page, 'Requests');
  await filterBy(page, 'status:>abc');
  await expect(page.getByText('“status” needs a number, as in status:>400; “abc” is a word.')).toBeVisible();
  await filterBy(page, '');
  await expect(page.getByPlaceholder('status:>=400')).toBeVisible();
  await expect(page.locator('app-inspector-tools .matches')).toHaveCount(0);
});

test('beside a conversation that is not there the inspector says so', async ({ page, world }) => {
  await startConversation(page, world);
  await openTab(page, 'Webhooks');
  const url = page.url();
  await page.goto(url.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000?tab=webhooks'));
  await expect(page.getByRole('tabpanel').getByText('There is no such conversation')).toBeVisible();
});
