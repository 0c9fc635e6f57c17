import { createServer } from 'node:http';
import { once } from 'node:events';

import { greeter } from './agent/scripts/greeter.ts';
import { DEMO_ACCOUNT, DEMO_ADMINISTRATOR, startEmulator } from './emulator.ts';
import { textAt } from './testing/answer.ts';
import { closing } from './testing/requests.ts';
import { startTestCloud, testSigningKey } from './testing/test-cloud.ts';
import { isSignedWith, messagesOf } from './testing/webhook-receiver.ts';

const options = {
  host: '127.0.0.1',
  httpPort: 0,
  webhookUrl: 'http://127.0.0.1:9/',
  signingKey: testSigningKey,
};

describe('startEmulator', () => {
  it('carries a connector from the directory to the agent’s answer and the close (§0.4)', async () => {
    await using cloud = await startTestCloud({ agentScript: greeter });
    const { caller, receiver } = cloud;

    const directory = await caller.call(caller.path('/service/baseURI.json?version=1.0'));
    expect(directory.textAt('baseURIs', 0, 'baseURI')).toBe(new URL(cloud.emulator.origin).host);
    const login = await caller.signIn(DEMO_ADMINISTRATOR.loginName, DEMO_ADMINISTRATOR.password);
    expect(login.at('config', 'isAdmin')).toBe(true);
    const app = await caller.app();
    const consumer = await caller.consumer('ada@example.com');
    const conversation = await caller.opened(consumer, { firstName: 'Ada' });
    await receiver.waitForConversation(({ result }) => result.convId === conversation);
    const sent = await caller.say(consumer, conversation, 'Is my order José 👋 on its way');
    expect(sent.at('body', 'sequence')).toBe(0);

    const echo = await receiver.waitForMessage(({ sequence }) => sequence === 0);
    expect(echo.rawBody.toString('utf8')).toContain('José 👋');
    const answer = await receiver.waitForMessage(
      ({ event, originatorMetadata }) =>
        event.type === 'ContentEvent' && originatorMetadata?.role === 'ASSIGNED_AGENT',
    );
    expect(textAt(messagesOf(answer)[0], 'event', 'message')).toContain('Hello Ada');
    expect(textAt(messagesOf(answer)[0], 'event', 'message')).toContain('José 👋');
    const closed = await caller.send(consumer, closing(conversation));
    expect(closed.status).toBe(200);
    const { notification } = await receiver.waitForConversation(
      ({ result }) => result.conversationDetails.stage === 'CLOSE',
    );
    expect(textAt(notification, 'body', 'changes', 0, 'result', 'conversationDetails', 'closeReason')).toBe(
      'CONSUMER',
    );
    for (const webhook of receiver.received) {
      expect(isSignedWith(app.client_secret ?? '', webhook))
        .withContext(webhook.rawBody.toString())
        .toBe(true);
    }
  });

  it('says in its error which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    await expectAsync(startEmulator({ ...options, httpPort: port })).toBeRejectedWithError(
      new RegExp(`port ${port} on 127.0.0.1 is in use .*EMULATOR_HTTP_PORT`),
    );
    other.close();
  });

  it('tells an origin for programs and a host for people', async () => {
    await using emulator = await startEmulator({ ...options, host: '0.0.0.0' });

    expect(emulator.origin).toBe(`http://127.0.0.1:${emulator.port}`);
    expect(emulator.host).toBe(`localhost:${emulator.port}`);
  });

  it('asks for the webhook address only when an account is first used', async () => {
    let url = 'http://127.0.0.1:1/too-early';
    await using cloud = await startTestCloud({ webhookUrl: () => url });
    url = cloud.receiver.urlOf('/known-later');

    const consumer = await cloud.caller.consumer();
    await cloud.caller.opened(consumer);

    expect((await cloud.receiver.waitFor(() => true)).path).toBe('/known-later');
  });

  it('frees its port when it is disposed', async () => {
    const first = await startEmulator(options);
    await first[Symbol.asyncDispose]();

    await using second = await startEmulator({ ...options, httpPort: first.port });

    expect(second.port).toBe(first.port);
    expect(DEMO_ACCOUNT).toBe('demo' as typeof DEMO_ACCOUNT);
  });
});
