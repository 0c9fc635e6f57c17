import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

describe('The address of the emulator itself', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await startTestCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  it('tells a program where everything is, and what it names answers', async () => {
    const { origin } = cloud.emulator;

    const answer = await cloud.caller.call('/');

    expect(answer.status).toBe(200);
    const [directory, controlApi] = [answer.at('directory'), answer.at('controlApi')].map(String);
    expect(directory).toBe(`${origin}/api/account/demo/service/baseURI.json?version=1.0`);
    for (const place of [directory, controlApi]) expect((await fetch(String(place))).status).toBe(200);
  });

  it('shows a browser the same as a page', async () => {
    const answer = await fetch(cloud.emulator.origin, { headers: { accept: 'text/html,*/*;q=0.8' } });

    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain(`href="${cloud.emulator.origin}/emulator/control/openapi.json"`);
  });

  it('writes no host into the page that is none', async () => {
    const { port } = cloud.emulator;
    const answer = await cloud.caller.call('/', { headers: { accept: 'text/html', host: '"><script>' } });

    expect(answer.text).not.toContain('script');
    expect(answer.text).toContain(`http://127.0.0.1:${port}/`);
  });

  it('says when the control API is off', async () => {
    await using closed = await startTestCloud({ isControlEnabled: false });

    expect(String((await closed.caller.call('/')).at('controlApi'))).toContain('EMULATOR_CONTROL');
  });
});
