import { at } from '../testing/answer.ts';
import { BY_CONSUMER, MINUTE_MS, SEARCH, historyBench } from '../testing/history-bench.ts';
import { CLOSE, closing, updating } from '../testing/requests.ts';

describe('Messaging history, searched (§9.1)', () => {
  const bench = historyBench();
  const { ask, recordOf, idsIn, talk } = bench;

  describe('of a span of time', () => {
    const around = (more: object = {}): object => ({
      start: { from: bench.clock.now() - MINUTE_MS, to: bench.clock.now() + MINUTE_MS },
      ...more,
    });
    /** Three conversations, an hour apart; the last one is open. */
    async function three(): Promise<readonly string[]> {
      const ids: string[] = [];
      for (const isLast of [false, false, true]) {
        const id = await bench.cloud.caller.opened(bench.consumer);
        ids.push(id);
        if (isLast) break;
        await bench.cloud.caller.send(bench.consumer, updating(id, CLOSE));
        bench.clock.forward(60 * MINUTE_MS);
        bench.consumer = await bench.cloud.caller.consumer();
      }
      bench.bearer = await bench.cloud.caller.bearer();
      return ids;
    }
    const all = (): object => ({ start: { from: bench.clock.now() - 300 * MINUTE_MS, to: -1 } });

    it('holds what started in it, in full ten minutes (§9.1)', async () => {
      const ids = await three();
      const now = bench.clock.now();

      expect(idsIn(await ask(SEARCH, all()))).toEqual([ids[2], ids[1], ids[0]]);
      const early = { start: { from: now - 200 * MINUTE_MS, to: String(now - 90 * MINUTE_MS) } };
      expect(idsIn(await ask(SEARCH, early))).toEqual([ids[0]]);
      const startedAt = Number(at(await recordOf(ids[2] ?? ''), 'info', 'startTimeL'));
      const sameTenMinutes = { start: { from: startedAt + 1, to: startedAt + 1 } };
      expect(idsIn(await ask(SEARCH, sameTenMinutes))).toEqual([ids[2]]);
    });

    it('comes in pages, with the number of all and the way to the next and the last one (§9.1)', async () => {
      const ids = await three();
      const page = await ask(SEARCH, all(), 'limit=1&offset=1&sort=start:asc');

      expect(idsIn(page)).toEqual([ids[1]]);
      expect(page.at('_metadata', 'count')).toBe(3);
      expect(page.textAt('_metadata', 'next', 'href')).toContain('limit=1&offset=2');
      expect(page.textAt('_metadata', 'prev', 'href')).toContain('limit=1&offset=0');
      expect(idsIn(await ask(SEARCH, all(), 'offset=3'))).toEqual([]);
    });

    it('is sorted by start or end, up or down; what is open ends last (§9.1)', async () => {
      const [one, two, three_] = await three();

      expect(idsIn(await ask(SEARCH, all(), 'sort=start:asc'))).toEqual([one, two, three_]);
      expect(idsIn(await ask(SEARCH, all(), 'sort=end:desc'))).toEqual([three_, two, one]);
      expect(idsIn(await ask(SEARCH, all(), 'sort=end'))).toEqual([one, two, three_]);
    });

    it('holds fifty at most unless more are asked for (§9.1)', async () => {
      for (let count = 0; count < 51; count += 1) {
        const id = await bench.cloud.caller.opened(bench.consumer);
        await bench.cloud.caller.send(bench.consumer, closing(id));
      }

      expect(idsIn(await ask(SEARCH, around()))).toHaveSize(50);
      expect(idsIn(await ask(SEARCH, around(), 'limit=100'))).toHaveSize(51);
    });

    it('is narrowed by each filter (§9.1)', async () => {
      const talked = await talk();
      const agentId = String(at(await recordOf(talked), 'info', 'latestAgentId'));
      const other = await bench.cloud.caller.consumer('bo');
      const quiet = await bench.cloud.caller.opened(other, { request: { skillId: '12' } });
      await bench.cloud.caller.send(other, closing(quiet));
      await bench.cloud.caller.send(
        other,
        updating(quiet, { field: 'CSATRate', csatRate: 2, status: 'FILLED' }),
      );

      const rows: readonly (readonly [object, readonly string[]])[] = [
        [{}, [quiet, talked]],
        [{ status: ['CLOSE'] }, [quiet]],
        [{ status: ['OPEN'] }, [talked]],
        [{ status: ['OPEN', 'CLOSE'] }, [quiet, talked]],
        [{ skillIds: ['12'] }, [quiet]],
        [{ latestSkillIds: [-1] }, [talked]],
        [{ agentIds: [Number(agentId)] }, [talked]],
        [{ latestAgentIds: [agentId] }, [talked]],
        [{ latestAgentIds: ['1'] }, []],
        [{ agentGroupIds: ['-1'] }, [talked]],
        [{ keyword: 'josé' }, [talked]],
        [{ keyword: '"hello josé"' }, [talked]],
        [{ keyword: '"josé hello"' }, []],
        [{ duration: { from: 3600 } }, []],
        [{ duration: { from: 0, to: 3600 } }, [quiet, talked]],
        [{ csat: { from: 1, to: 2 } }, [quiet]],
        [{ csat: { from: 3 } }, []],
        [{ source: ['APP'] }, [quiet, talked]],
        [{ source: ['FACEBOOK'] }, []],
        [{ device: ['NA'] }, [quiet, talked]],
        [{ messageContentTypes: ['TEXT_PLAIN'] }, [talked]],
        [{ messageContentTypes: ['HOSTED_FILE'] }, []],
        [{ latestConversationQueueState: 'ACTIVE' }, [talked]],
        [{ latestConversationQueueState: 'IN_QUEUE' }, [quiet]],
        [{ end: { from: bench.clock.now() - MINUTE_MS, to: bench.clock.now() } }, [quiet]],
        [{ end: { to: bench.clock.now() - 30 * MINUTE_MS } }, []],
        [{ latestUpdateTime: { from: bench.clock.now() - MINUTE_MS } }, [quiet, talked]],
        [{ latestUpdateTime: { from: bench.clock.now() + 30 * MINUTE_MS } }, []],
      ];
      for (const [filter, expected] of rows) {
        const answer = await ask(SEARCH, around(filter));
        expect(answer.status)
          .withContext(`${JSON.stringify(filter)} ${answer.text}`)
          .toBe(200);
        expect(idsIn(answer).toSorted())
          .withContext(JSON.stringify(filter))
          .toEqual([...expected].toSorted());
      }
    });

    for (const filter of ['summary', 'mcs', 'alertedMcsValues', 'sdeSearch', 'responseTime']) {
      it(`says that the filter ${filter} is not modelled, instead of ignoring it`, async () => {
        const answer = await ask(SEARCH, around({ [filter]: {} }));

        expect(answer.status).toBe(501);
        expect(answer.textAt('error', 'missing')).toContain(filter);
      });
    }
  });

  describe('of a consumer', () => {
    it('holds that consumer’s conversations, of the status asked for (§9.1)', async () => {
      const closed = await bench.cloud.caller.opened(bench.consumer);
      await bench.cloud.caller.send(bench.consumer, closing(closed));
      const opened = await bench.cloud.caller.opened(bench.consumer);
      await bench.cloud.caller.opened(await bench.cloud.caller.consumer('bo'));

      const search = async (body: object): Promise<unknown[]> =>
        idsIn(await ask(BY_CONSUMER, { consumer: bench.consumer.id, ...body }, 'sort=start:asc'));
      expect((await search({ status: ['OPEN', 'CLOSE'] })).toSorted()).toEqual([closed, opened].toSorted());
      expect(await search({ status: ['OPEN'] })).toEqual([opened]);
      expect(await search({ status: ['CLOSE'] })).toEqual([closed]);
      expect(idsIn(await ask(BY_CONSUMER, { consumer: 'nobody', status: ['OPEN'] }))).toEqual([]);
    });
  });
});
