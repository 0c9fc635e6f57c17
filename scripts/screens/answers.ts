import type { Page } from '@playwright/test';
import type { About } from '#protocol/bridge-api';
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
    detail: await detailOf(page, code),
    ...(UPSTREAM[code] && { upstream: { ...UPSTREAM[code], ...(await requestOf(page, code)) } }),
  };
  await page.route(path, (route) =>
    route.fulfill({
      ...{ status, contentType: 'application/problem+json', body: JSON.stringify(problem) },
      headers: status === 429 ? { 'Retry-After': String(WAIT_SECONDS) } : {},
    }),
  );
}

const WAIT_SECONDS = 6;
const LIST_PATH = '/api/account/demo/configuration/app-install/installations';

async function detailOf(page: Page, code: ProblemCode): Promise<string> {
  if (code !== 'upstream-unreachable') return DETAILS[code] ?? '';
  return `${await emulatorHost(page)} cannot be reached: connection refused (ECONNREFUSED).`;
}

async function requestOf(page: Page, code: ProblemCode): Promise<Pick<UpstreamRefusal, 'request'>> {
  if (code !== 'upstream-unreachable') return {};
  return { request: `GET http://${await emulatorHost(page)}${LIST_PATH}` };
}

async function emulatorHost(page: Page): Promise<string> {
  const about = (await (await page.request.get('/api/about')).json()) as About;
  return about.emulator?.host ?? 'The emulator';
}

/** As the bridge words them. */
const DETAILS: Partial<Readonly<Record<ProblemCode, string>>> = {
  'directory-unreachable':
    'The directory at api.liveperson.net cannot be reached: the host name is not known (ENOTFOUND).',
  'unknown-account': 'The directory at api.liveperson.net does not know the account 99999999.',
  'too-many-requests': 'Attempts to sign in are slowed down here: each one counts, right or wrong.',
  'service-missing': 'The directory of 64467156 does not list asyncMessagingEnt.',
};

const NO_ANSWER = { status: null, code: null } as const;
const NOT_FOUND = 'the host name is not known (ENOTFOUND)';

/** Who gave no answer. */
const UPSTREAM: Partial<Readonly<Record<ProblemCode, UpstreamRefusal>>> = {
  'directory-unreachable': {
    ...{ service: 'csds', ...NO_ANSWER, message: NOT_FOUND, environment: 'liveperson' },
  },
  'unknown-account': {
    ...{ service: 'csds', status: 404, code: null, message: null, environment: 'liveperson' },
  },
  'service-missing': { service: 'asyncMessagingEnt', ...NO_ANSWER, message: null },
  'upstream-unreachable': {
    ...{ service: 'accountConfigReadOnly', ...NO_ANSWER },
    ...{ message: 'connection refused (ECONNREFUSED)', environment: 'emulator' },
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
