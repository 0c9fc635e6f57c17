import { TestBed } from '@angular/core/testing';

import { HERE } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { SignedInUser } from './signed-in-user';
import { ThisServer } from './this-server';
import { placeOf } from './webhook-endpoints';

describe('ThisServer', () => {
  async function setUp({ isEmulated }: { readonly isEmulated: boolean }) {
    TestBed.configureTestingModule({ providers: provideAccount(new FakeAccount()) });
    const signedIn = TestBed.inject(SignedInUser);
    await (isEmulated
      ? signedIn.signInToDemo()
      : signedIn.signIn({ account: '64467156', loginName: 'kim', password: 'x' }));
    const server = TestBed.inject(ThisServer);
    TestBed.tick();
    await eventually(() => server.about.hasValue());
    return server;
  }

  it('offers its local URL to the emulator', async () => {
    const server = await setUp({ isEmulated: true });

    expect(server.suggestedWebhookUrl()).toBe(HERE);
    expect(placeOf(HERE, server.webhookUrls())).toBe('here');
  });

  it('does not take its local URL for a place that the cloud can reach', async () => {
    const server = await setUp({ isEmulated: false });

    expect(server.suggestedWebhookUrl()).toBe('');
    expect(placeOf(HERE, server.webhookUrls())).toBe('elsewhere');
  });

  it('remembers a public address, and only a public one', async () => {
    const server = await setUp({ isEmulated: false });
    server.rememberPublicUrl('https://tunnel.example/notifications/event');
    server.rememberPublicUrl(HERE);

    expect(server.suggestedWebhookUrl()).toBe('https://tunnel.example/notifications/event');
    expect(placeOf('https://tunnel.example/notifications/event/', server.webhookUrls())).toBe('here');
  });
});
