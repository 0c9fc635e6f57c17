import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { BridgeClient } from './bridge-client';
import { BridgeFailure } from './bridge-failure';
import { failureInterceptor } from './failure-interceptor';
import { SessionEnd } from './session-end';

describe('failureInterceptor', () => {
  async function failureFor(body: unknown, status: number, headers = {}): Promise<BridgeFailure> {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([failureInterceptor])), provideHttpClientTesting()],
    });
    const call = TestBed.inject(BridgeClient).installations();
    const request = TestBed.inject(HttpTestingController).expectOne('/api/installations');
    if (status === 0) request.error(new ProgressEvent('error'));
    else request.flush(body as object, { status, statusText: 'Refused', headers });
    return call.then(
      () => {
        throw new Error('must be refused');
      },
      (failure: unknown) => {
        if (failure instanceof BridgeFailure) return failure;
        throw failure;
      },
    );
  }

  const problem = (code: string) => ({ code, status: 400, title: 'T', detail: 'D', requestId: 'r' });

  it('turns a problem of the bridge into a failure with its code', async () => {
    const failure = await failureFor(problem('unknown-app'), 404);

    expect(failure).toBeInstanceOf(BridgeFailure);
    expect(failure.code).toBe('unknown-app');
    expect(TestBed.inject(SessionEnd).reason()).toBeNull();
  });

  it('takes a missing or foreign answer for an unreachable bridge', async () => {
    expect((await failureFor(null, 0)).code).toBe('bridge-unreachable');
    TestBed.resetTestingModule();
    expect((await failureFor('<html>proxy</html>', 502)).code).toBe('bridge-unreachable');
  });

  it('says what was asked, and what came instead of the bridge’s answer', async () => {
    expect((await failureFor(null, 0)).problem.detail).toBe('GET /api/installations: no answer');
    TestBed.resetTestingModule();
    expect((await failureFor('<html>proxy</html>', 502)).problem.detail).toBe(
      'GET /api/installations: answered 502, not by the bridge',
    );
  });

  it('tells that the session is over when a call is refused for want of one', async () => {
    await failureFor(problem('session-expired'), 401);

    expect(TestBed.inject(SessionEnd).reason()).toBe('expired');
  });

  it('tells for how long the bridge wants to be left alone', async () => {
    const headers = { 'Retry-After': '6' };

    expect((await failureFor(problem('too-many-requests'), 429, headers)).retryAfterSeconds).toBe(6);
    TestBed.resetTestingModule();
    expect((await failureFor(problem('too-many-requests'), 429)).retryAfterSeconds).toBeNull();
  });

  it('leaves the session alone when only the password was wrong', async () => {
    await failureFor(problem('wrong-credentials'), 401);

    expect(TestBed.inject(SessionEnd).reason()).toBeNull();
  });
});
