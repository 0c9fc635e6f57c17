import { expect, test } from './world.ts';

test('the sign-in page says what the app is, and opens without a complaint', async ({ page, problems }) => {
  await page.goto('/');

  await expect(page.getByRole('heading', { level: 1, name: 'See a connector at work' })).toBeVisible();
  await expect(page.getByText(/Chat as a consumer of LivePerson’s Connector API/)).toBeVisible();
  await page.getByText('What is stored, and where').click();
  await expect(page.getByText(/Never a password, token or secret/)).toBeVisible();
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  expect((await page.request.get(`/${icon ?? ''}`)).headers()['content-type']).toContain('image/svg');

  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await expect(page.getByLabel('Account number')).toBeVisible();
  await expect(page.getByLabel('Login name')).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});
