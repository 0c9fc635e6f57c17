import type { Page } from '@playwright/test';
import { expect, test } from './world.ts';

test('the sign-in page says what the app is, and opens without a complaint', async ({ page, problems }) => {
  await page.goto('/');

  await expect(page.getByRole('heading', { level: 1, name: 'See a connector at work' })).toBeVisible();
  await expect(page.getByText(/Chat as a consumer through LivePerson’s Connector API/)).toBeVisible();
  await page.getByText('What is stored, and where').click();
  await expect(page.getByText(/Never your password, a token or an app’s secret/)).toBeVisible();
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  expect((await page.request.get(`/${icon ?? ''}`)).headers()['content-type']).toContain('image/svg');

  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await expect(page.getByLabel('Account number')).toBeVisible();
  await expect(page.getByLabel('Login name')).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});

test('the page says how to sign in to the emulator by hand, and what it says is true', async ({
  page,
  problems,
}) => {
  await page.goto('/');
  await page.getByText('Sign in to the emulator by hand').click();
  const told = page.locator('details[open] code');
  const [account = '', loginName = '', password = '', , agent = '', agentPassword = ''] =
    await told.allTextContents();
  const signIn = async (name: string, word: string): Promise<void> => {
    await page.getByLabel('Account number').fill(account);
    await page.getByLabel('Login name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill(word);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  await signIn(agent, agentPassword);
  await expect(page.getByText('This user is not an administrator')).toBeVisible();
  await signIn(loginName, password);

  await expect(page.getByRole('heading', { level: 1, name: 'Set-up' })).toBeVisible();
  expect(problems.filter((problem) => !problem.includes('403'))).toEqual([]);
});

/** Whether the header hides a part of the page's heading: all or nothing of it should be seen. */
const cutHeading = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const { top, bottom } = document.querySelector('h1').getBoundingClientRect();
    const edge = document.querySelector('app-header').getBoundingClientRect().bottom;
    return top < edge && bottom > edge + 1;
  })()`);

test('a refusal scrolls the page no further than it takes to see it with its form', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto('/');
  await page.getByLabel('Account number').fill('demo');
  await page.getByLabel('Login name').fill('agent');
  await page.getByLabel('Password', { exact: true }).fill('mistyped');
  await page.keyboard.press('Enter');
  await expect(page.locator('form').getByRole('alert')).toBeFocused();
  expect(await page.evaluate('scrollY')).toBe(0);

  await page.setViewportSize({ width: 1440, height: 860 });
  await page.getByLabel('Login name').fill('admin');
  await page.keyboard.press('Enter');
  await expect(page.locator('form').getByRole('alert')).toBeFocused();

  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
  expect(await cutHeading(page)).toBe(false);
});

for (const viewport of [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]) {
  test(`at ${viewport.width} × ${viewport.height} what is told is in sight, and the way on with it`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await page.goto('/');
    await page.getByLabel('Account number').fill('demo');
    await page.getByLabel('Login name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill('mistyped');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    const note = page.locator('form').getByRole('alert');
    await expect(note).toBeFocused();
    await expect(note).toContainText('agentVep (users’ sign-in) answered 401');
    await expect(page.getByRole('heading', { name: 'LivePerson account' })).toBeInViewport({ ratio: 1 });
    await expect(note).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeInViewport({ ratio: 1 });

    await note.getByRole('button', { name: 'Sign in to the emulator by hand' }).click();
    await expect(page.getByText('demo-admin')).toBeInViewport({ ratio: 1 });

    await page.getByText('What is stored, and where').click();
    await expect(page.getByText(/Accounts are looked up/)).toBeInViewport({ ratio: 1 });
    expect(await cutHeading(page)).toBe(false);
  });
}
