import { setTimeout as wait } from 'node:timers/promises';

import { PostingConnection } from './posting-connection.ts';
import { ReadingConnections } from './reading-connections.ts';
import { indexesIn, webhookRequest, type Target } from './target.ts';

/** Something the load generator does. */
export type Load =
  /** As many events as are answered, one after the other on each connection. */
  | { readonly kind: 'flood'; readonly target: Target; readonly run: string; readonly seconds: number }
  /** So many a second, whether the one before was answered or not. */
  | {
      readonly kind: 'pace';
      readonly target: Target;
      readonly run: string;
      readonly perSecond: number;
      readonly seconds: number;
    }
  /** Streams that stay open until the generator ends. */
  | { readonly kind: 'open-streams'; readonly target: Target; readonly count: number }
  /** Events to the streams that are open. */
  | { readonly kind: 'fan-out'; readonly target: Target; readonly run: string; readonly events: number };

export interface LoadResult {
  readonly seconds: number;
  /** Answered with 200. */
  readonly taken: number;
  readonly refused: number;
  /** Events that came out of streams, all streams together. */
  readonly delivered: number;
  readonly answerMs: readonly number[];
  readonly endToEndMs: readonly number[];
}

const FLOOD_CONNECTIONS = 32;
const PACE_CONNECTIONS = 16;
/** Time for the last events to come out. */
const LAST_MS = 5_000;

/** One load generator: what it opened it keeps until its process ends. */
export class LoadGenerator {
  private readonly sentAt = new Map<number, number>();
  private delivered = 0;
  private endToEndMs: number[] = [];
  private streams = 0;

  async run(load: Load): Promise<LoadResult> {
    this.delivered = 0;
    this.endToEndMs = [];
    const startedAt = performance.now();
    const answers = await this.carryOut(load);
    const taken = answers.filter(({ status }) => status === 200).length;
    const seconds = (performance.now() - startedAt) / 1000;
    await this.untilDelivered(taken * this.streams);
    return {
      ...{ seconds, taken, refused: answers.length - taken, delivered: this.delivered },
      ...{ answerMs: answers.map(({ ms }) => ms), endToEndMs: this.endToEndMs },
    };
  }

  private async carryOut(load: Load): Promise<readonly Answer[]> {
    switch (load.kind) {
      case 'open-streams':
        await new ReadingConnections(load.target, (text) => this.take(text)).open(load.count);
        this.streams += load.count;
        return [];
      case 'flood':
        return this.flood(load);
      case 'pace':
        return this.pace(load);
      case 'fan-out':
        return this.fanOut(load);
      default:
        return load satisfies never;
    }
  }

  private async flood({
    target,
    run,
    seconds,
  }: Extract<Load, { kind: 'flood' }>): Promise<readonly Answer[]> {
    const end = performance.now() + seconds * 1000;
    const answers: Answer[] = [];
    let index = 0;
    const connections = openConnections(target, FLOOD_CONNECTIONS);
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < end) answers.push(await this.post(connection, target, run, index++));
      }),
    );
    closeAll(connections);
    return answers;
  }

  private async pace({
    target,
    run,
    perSecond,
    seconds,
  }: Extract<Load, { kind: 'pace' }>): Promise<readonly Answer[]> {
    const count = perSecond * seconds;
    const idle = openConnections(target, PACE_CONNECTIONS);
    const all = [...idle];
    const startedAt = performance.now();
    const posts: Promise<Answer>[] = [];
    while (posts.length < count) {
      const due = Math.min(count, Math.trunc(((performance.now() - startedAt) / 1000) * perSecond));
      while (posts.length < due) {
        const connection = idle.pop() ?? openOne(target, all);
        const post = this.post(connection, target, run, posts.length);
        posts.push(post.finally(() => idle.push(connection)));
      }
      await wait(1);
    }
    const answers = await Promise.all(posts);
    closeAll(all);
    return answers;
  }

  /** Each event after the one before has come out everywhere. */
  private async fanOut({
    target,
    run,
    events,
  }: Extract<Load, { kind: 'fan-out' }>): Promise<readonly Answer[]> {
    const [connection] = openConnections(target, 1);
    const answers: Answer[] = [];
    if (connection === undefined) return answers;
    for (let index = 0; index < events; index += 1) {
      answers.push(await this.post(connection, target, run, index));
      await this.untilDelivered((index + 1) * this.streams);
    }
    connection.close();
    return answers;
  }

  private async post(
    connection: PostingConnection,
    target: Target,
    run: string,
    index: number,
  ): Promise<Answer> {
    const request = webhookRequest(target, run, index);
    const sentAt = performance.now();
    this.sentAt.set(index, sentAt);
    const status = await connection.post(request);
    return { status, ms: performance.now() - sentAt };
  }

  private take(text: string): void {
    const now = performance.now();
    for (const index of indexesIn(text)) {
      this.delivered += 1;
      const sentAt = this.sentAt.get(index);
      if (sentAt !== undefined && this.streams === 1) this.endToEndMs.push(now - sentAt);
    }
  }

  private async untilDelivered(count: number): Promise<void> {
    const end = performance.now() + LAST_MS;
    while (this.delivered < count && performance.now() < end) await wait(2);
  }
}

interface Answer {
  readonly status: number;
  readonly ms: number;
}

const openConnections = (target: Target, count: number): PostingConnection[] =>
  Array.from({ length: count }, () => new PostingConnection(target.origin));

function openOne(target: Target, all: PostingConnection[]): PostingConnection {
  const connection = new PostingConnection(target.origin);
  all.push(connection);
  return connection;
}

const closeAll = (connections: readonly PostingConnection[]): void => {
  for (const connection of connections) connection.close();
};
