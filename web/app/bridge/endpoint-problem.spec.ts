import { HERE } from '../testing/build-installation';
import { endpointProblem } from './endpoint-problem';

describe('endpointProblem', () => {
  it('takes https anywhere, and nothing at all', () => {
    for (const url of ['https://example.com/notifications/event', ' https://a.b:8443/~x@y?z=1 ', '']) {
      expect(endpointProblem(url, false)).withContext(url).toBeNull();
    }
  });

  it('asks for a whole URL', () => {
    for (const url of [
      'example.com',
      '/notifications/event',
      'ftp://example.com',
      'https://',
      'javascript:alert(1)',
    ]) {
      expect(endpointProblem(url, false)).withContext(url).toContain('whole URL');
    }
  });

  it('takes plain http for this machine only, and only from the emulator', () => {
    expect(endpointProblem(HERE, true)).toBeNull();
    expect(endpointProblem('http://127.0.0.1/x', true)).toBeNull();
    expect(endpointProblem('http://example.com/x', true)).toContain('only to this machine');
    expect(endpointProblem('http://example.com/x', false)).toContain('https only');
  });

  it('says that the cloud cannot reach this machine by its own name', () => {
    expect(endpointProblem('https://localhost:8282/notifications/event', false)).toContain('cannot reach');
  });

  it('refuses credentials in the URL', () => {
    expect(endpointProblem('https://kim:secret@example.com', false)).toContain('password');
  });

  it('answers at once for a long host with a bad end', () => {
    expect(endpointProblem(`https://${'a'.repeat(5000)}!`, false)).not.toBeUndefined();
  });
});
