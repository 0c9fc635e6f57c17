import type { Page } from '@playwright/test';
import type { ProblemCode } from '#protocol/problem';
import { answerProblem, changeAnswer } from './answers.ts';
import type { Stage, Take } from './stage.ts';

/** The door, and every way in which it stays shut. */
export async function takeSignIn({ page, take }: Stage): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).waitFor();
  await take('sign-in');
  await page.getByText('What is stored, and where').click();
  await take('what-is-stored');
  await page.getByText('What is stored, and where').click();
  await submit(page);
  await page.getByText('Enter your password.').waitFor();
  await take('nothing-typed');
  await takeWrongPassword(page, take);
  await takeRefused(page, take);
  await page.getByLabel('Login name').fill('kim.lee');
  for (const [code, status, account, words] of FAILURES) {
    await page.getByLabel('Account number').fill(account);
    await answerProblem(page, '**/api/sign-in', code, status);
    await submit(page);
    await page.getByRole('alert').getByText(words).first().waitFor();
    await take(code);
    await page.unroute('**/api/sign-in');
  }
  await takeEnded(page, take);
  await takeWithoutEmulator(page, take);
}

/** Code, status, account number and what is read then. The one that makes one wait comes last. */
const FAILURES: readonly (readonly [ProblemCode, number, string, string])[] = [
  ['unknown-account', 404, '99999999', 'No account has this number'],
  ['directory-unreachable', 502, '64467156', 'directory cannot be reached'],
  ['service-missing', 502, '64467156', 'lacks a service'],
  ['too-many-requests', 429, '64467156', 'Too many tries'],
];

/** What the emulator refuses by itself. */
async function takeRefused(page: Page, take: Take): Promise<void> {
  for (const [name, loginName, words] of [
    ['not-administrator', 'agent', 'not an administrator'],
    ['account-locked', 'blocked', 'on its block list'],
  ] as const) {
    await page.getByLabel('Login name').fill(loginName);
    await page.getByLabel('Password', { exact: true }).fill(`demo-${loginName}`);
    await submit(page);
    await page.getByText(words).waitFor();
    await take(name);
  }
}

const submit = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Sign in', exact: true }).click();

async function takeWrongPassword(page: Page, take: Take): Promise<void> {
  await page.getByLabel('Account number').fill('demo');
  await page.getByLabel('Login name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('mistyped');
  await submit(page);
  await page.getByText('Login name or password is wrong').waitFor();
  await take('wrong-credentials');
}

async function takeEnded(page: Page, take: Take): Promise<void> {
  await page.goto('/sign-in?because=expired&wanted=%2Fapps&way=account');
  await page.getByText('Your session has ended.').waitFor();
  await take('session-ended');
}

async function takeWithoutEmulator(page: Page, take: Take): Promise<void> {
  await changeAnswer(page, '**/api/about', () => ({ emulator: null }));
  await page.goto('/');
  await page.getByText('The built-in emulator is off').waitFor();
  await take('no-emulator');
}
