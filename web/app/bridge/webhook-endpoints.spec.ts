import { HERE, endpointsAt } from '../testing/build-installation';
import { countPlaces, placeOf } from './webhook-endpoints';

describe('placeOf', () => {
  it('finds this server under every name of this machine', () => {
    for (const url of [
      HERE,
      'http://127.0.0.1:8282/notifications/event',
      'http://[::1]:8282/notifications/event/',
    ]) {
      expect(placeOf(url, [HERE]))
        .withContext(url)
        .toBe('here');
    }
  });

  it('tells another port, path, scheme or host from this server', () => {
    for (const url of [
      'http://localhost:8283/notifications/event',
      'http://localhost:8282/other',
      'https://localhost:8282/notifications/event',
      'https://example.com/notifications/event',
      'not a url',
    ]) {
      expect(placeOf(url, [HERE]))
        .withContext(url)
        .toBe('elsewhere');
    }
  });

  it('takes a missing and a blank endpoint for none', () => {
    expect(placeOf(undefined, [HERE])).toBe('none');
    expect(placeOf('  ', [HERE])).toBe('none');
  });
});

describe('countPlaces', () => {
  it('counts the five endpoints', () => {
    const webhooks = {
      'cqm.ExConversationChangeNotification': { endpoint: HERE },
      'ms.MessagingEventNotification.ContentEvent': { endpoint: 'https://example.com/x' },
      retry: { retention_time: 60 },
    };

    expect(countPlaces(webhooks, [HERE])).toEqual({ here: 1, elsewhere: 1, none: 3 });
  });

  it('counts none for an app without webhooks', () => {
    expect(countPlaces(null, [HERE])).toEqual({ here: 0, elsewhere: 0, none: 5 });
    expect(countPlaces(endpointsAt(HERE), [HERE]).here).toBe(5);
  });
});
