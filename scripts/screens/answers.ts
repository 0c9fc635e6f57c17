import type { Page } from '@playwright/test';
import type { Problem, ProblemCode, UpstreamRefusal } from '#protocol/problem';

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
    ...(UPSTREAM[code] && { upstream: UPSTREAM[code] }),
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
  'upstream-unreachable': 'localhost:8283 cannot be reached: connection refused.',
};

const NO_ANSWER = { status: null, code: null } as const;
const NOT_FOUND = 'the host name is not known';

/** Who gave no answer. */
const UPSTREAM: Partial<Readonly<Record<ProblemCode, UpstreamRefusal>>> = {
  'directory-unreachable': {
    ...{ service: 'csds', ...NO_ANSWER, message: NOT_FOUND, environment: 'liveperson' },
  },
  'upstream-unreachable': {
    ...{ service: 'accountConfigReadOnly', ...NO_ANSWER },
    ...{ message: 'connection refused', environment: 'emulator' },
  },
};

/** Lets the bridge answer and changes members of it. */
export async function changeAnswer(page: Page, path: string, change: () => object): Promise<void> {
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    const body: unknown = await answer.json();
    await route.fulfill({ response: answer, json: { ...(body as object), ...change() } });
  });
}
