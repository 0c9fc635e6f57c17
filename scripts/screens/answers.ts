import type { Page } from '@playwright/test';
import type { Problem, ProblemCode } from '#protocol/problem';

/** From now on the bridge seems to refuse these calls; for causes that nothing on this machine can bring about. */
export async function answerProblem(
  page: Page,
  path: string,
  code: ProblemCode,
  status: number,
): Promise<void> {
  const problem: Problem = {
    ...{ code, status, title: code, requestId: 'k3v9a1' },
    detail: DETAILS[code] ?? '',
  };
  await page.route(path, (route) =>
    route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
}

/** As the bridge words them. */
const DETAILS: Partial<Readonly<Record<ProblemCode, string>>> = {
  'directory-unreachable': 'api.liveperson.net did not answer: getaddrinfo ENOTFOUND api.liveperson.net',
  'too-many-requests': 'Ten tries within a minute: wait 60 seconds.',
  'service-missing': 'The directory lists no asyncMessagingEnt for this account.',
  'upstream-unreachable': 'connect ETIMEDOUT 192.0.2.10:443',
};

/** Lets the bridge answer and changes members of it. */
export async function changeAnswer(page: Page, path: string, change: () => object): Promise<void> {
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    const body: unknown = await answer.json();
    await route.fulfill({ response: answer, json: { ...(body as object), ...change() } });
  });
}
