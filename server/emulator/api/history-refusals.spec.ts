import { DEMO_AGENT } from '../state/seed.ts';
import { BY_CONSUMER, BY_ID, MINUTE_MS, SEARCH, historyBench } from '../testing/history-bench.ts';

describe('Messaging history, asked wrongly (§9.1)', () => {
  const bench = historyBench();
  const { ask } = bench;

  describe('is refused', () => {
    const bodies: readonly (readonly [string, string, unknown])[] = [
      ['no conversation', BY_ID, {}],
      ['a conversation that is no text', BY_ID, { conversationId: 7 }],
      ['a hundred and one conversations', BY_ID, { conversationIds: Array.from({ length: 101 }, String) }],
      ['no list of sections', BY_ID, { conversationId: 'x', contentToRetrieve: 'messageRecords' }],
      ['a list', BY_ID, []],
      ['no JSON', BY_ID, '{"conversationId":'],
      ['no span', SEARCH, {}],
      ['a span without its start', SEARCH, { start: { to: 1 } }],
      ['a span of more than three months', SEARCH, { start: { from: 0, to: 8_035_200_000 } }],
      ['a span that never ends', SEARCH, { start: { from: 0, to: -1 } }],
      ['a span that is no number', SEARCH, { start: { from: 'yesterday', to: 1 } }],
      ['a status that does not exist', SEARCH, { start: { from: 0, to: 1 }, status: ['DONE'] }],
      ['a duration without bounds', SEARCH, { start: { from: 0, to: 1 }, duration: {} }],
      ['no consumer', BY_CONSUMER, { status: ['OPEN'] }],
      ['a status that is no list', BY_CONSUMER, { consumer: 'x', status: 'OPEN' }],
    ];
    for (const [what, path, body] of bodies) {
      it(`with 400 for ${what} (§9.1)`, async () => {
        const path_ = `/messaging_history${bench.cloud.caller.path(`/${path}`)}`;
        const answer = await bench.cloud.caller.post(path_, body, {
          ...bench.bearer,
          'content-type': 'application/json',
        });

        expect(answer.status).toBe(400);
        expect(answer.at('error', 'responseStatus')).toBe('BAD_REQUEST');
      });
    }

    for (const query of [
      'v=3',
      'limit=0',
      'limit=101',
      'limit=many',
      'offset=-1',
      'sort=name',
      `source=${'x'.repeat(21)}`,
    ]) {
      it(`with 400 for ?${query} (§9.1)`, async () => {
        expect((await ask(BY_ID, { conversationId: 'x' }, query)).status).toBe(400);
      });
    }

    it('with 415 for another content type', async () => {
      const path = `/messaging_history${bench.cloud.caller.path(`/${BY_ID}`)}`;
      const answer = await bench.cloud.caller.post(path, 'x=1', {
        ...bench.bearer,
        'content-type': 'text/plain',
      });

      expect(answer.status).toBe(415);
    });

    for (const path of [BY_ID, SEARCH, BY_CONSUMER]) {
      it(`with 401 without a living bearer token, for ${path} (§9.1)`, async () => {
        const full = `/messaging_history${bench.cloud.caller.path(`/${path}`)}`;
        const foreign = await bench.cloud.caller.appToken();
        for (const headers of [
          {},
          { authorization: 'Bearer nonsense' },
          { authorization: `Bearer ${foreign}` },
        ]) {
          expect((await bench.cloud.caller.post(full, { conversationId: 'x' }, headers)).status).toBe(401);
        }
        bench.clock.forward(9 * 60 * MINUTE_MS);
        expect((await bench.cloud.caller.post(full, { conversationId: 'x' }, bench.bearer)).status).toBe(401);
      });
    }

    it('with 404 for an unknown account', async () => {
      const answer = await bench.cloud.caller.post(
        `/messaging_history/api/account/64467156/${BY_ID}`,
        {},
        bench.bearer,
      );

      expect(answer.status).toBe(404);
    });

    it('to nobody who may sign in: an agent may read it too', async () => {
      bench.bearer = await bench.cloud.caller.bearer(DEMO_AGENT);

      expect((await ask(BY_ID, { conversationId: 'x' })).status).toBe(200);
    });
  });
});
