import { expect, test } from './world.ts';

test('the sign-in page opens without a complaint', async ({ page, problems }) => {
  await page.goto('/');

  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await expect(page.getByLabel('Account number')).toBeVisible();
  await expect(page.getByLabel('Login name')).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});
