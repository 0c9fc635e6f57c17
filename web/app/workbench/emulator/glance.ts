/** What is done with what was seen. */
export interface GlanceEnds<Seen> {
  readonly apply: (seen: Seen) => void;
  readonly fail: (failure: unknown) => void;
}

/** Looks at what changes elsewhere: of several answers the one that was asked for last stays, in whatever order they come. */
export class Glance<Seen> {
  private asked = 0;
  private applied = 0;
  private isResting = false;
  private isWanted = false;
  private readonly ask: () => Promise<Seen>;
  private readonly ends: GlanceEnds<Seen>;

  constructor(ask: () => Promise<Seen>, ends: GlanceEnds<Seen>) {
    this.ask = ask;
    this.ends = ends;
  }

  /** Looks at once. Never rejects. */
  async now(): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    try {
      const seen = await this.ask();
      if (this.isNews(turn)) this.ends.apply(seen);
    } catch (failure) {
      if (this.isNews(turn)) this.ends.fail(failure);
    }
  }

  /** Looks soon: one look at a time, with a rest after each, however often it is wanted. */
  soon(restMs: number): void {
    this.isWanted = true;
    if (!this.isResting) void this.lookAndRest(restMs);
  }

  private async lookAndRest(restMs: number): Promise<void> {
    this.isResting = true;
    this.isWanted = false;
    await this.now();
    setTimeout(() => {
      this.isResting = false;
      if (this.isWanted) void this.lookAndRest(restMs);
    }, restMs);
  }

  private isNews(turn: number): boolean {
    if (turn < this.applied) return false;
    this.applied = turn;
    return true;
  }
}
