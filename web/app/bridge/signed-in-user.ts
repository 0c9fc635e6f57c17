import { Service, computed, inject, signal } from '@angular/core';

import type { SignedInUser as User, SignInRequest } from '#protocol/bridge-api';

import { BridgeClient } from './bridge-client';
import { EventLog } from './event-log';
import { SessionEnd } from './session-end';
import { SignInNews } from './sign-in-news';
import { TabMemory } from './tab-memory';

/** Who is signed in, and the only way in and out. The event stream is open exactly while somebody is. */
@Service()
export class SignedInUser {
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(EventLog);
  private readonly news = inject(SignInNews);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly memory = inject(TabMemory);

  private readonly current = signal<User | null>(null);
  private readonly failure = signal<unknown>(null);
  private restored: Promise<void> | null = null;

  /** `null` while nobody is signed in. */
  readonly user = this.current.asReadonly();
  readonly isSignedIn = computed(() => this.current() !== null);
  /** Why it is not known who is signed in; `null` when it is. */
  readonly restoreFailure = this.failure.asReadonly();

  /** Asks the bridge once whether the session cookie still holds. */
  restore(): Promise<void> {
    this.restored ??= this.bridge.session().then(({ user }) => this.become(user));
    // A bridge that did not answer may do so next time.
    this.restored.catch((failure: unknown) => {
      this.restored = null;
      this.failure.set(failure);
    });
    return this.restored;
  }

  /** Asks the bridge once more: somebody may have signed in in another tab. */
  lookAgain(): Promise<void> {
    this.restored = null;
    return this.restore();
  }

  async signIn(request: SignInRequest): Promise<void> {
    await this.become(await this.bridge.signIn(request));
    this.news.tell();
  }

  async signInToDemo(): Promise<void> {
    await this.become(await this.bridge.signInToDemo());
    this.news.tell();
  }

  /** Ends the session; what was written and not sent is forgotten with it. */
  async signOut(): Promise<void> {
    await this.endSession();
    this.memory.forget();
  }

  /** Ends the session; the same person finds what they left. */
  async endSession(): Promise<void> {
    // Else the stream's own farewell would look like a session that somebody else ended.
    const takeBack = this.log.expectEnd();
    try {
      await this.bridge.signOut();
    } catch (failure) {
      takeBack();
      throw failure;
    }
    this.log.tellSignedOut();
    this.forget();
  }

  /** The bridge says that the session is over. What the tab keeps waits for the same person. */
  forget(): void {
    void this.become(null);
  }

  private async become(user: User | null): Promise<void> {
    this.current.set(user);
    this.failure.set(null);
    if (user === null) {
      this.log.close();
      return;
    }
    const owner = `${user.account}/${user.userId}`;
    this.sessionEnd.clear();
    this.memory.belongTo(owner);
    this.log.open(owner);
    await this.memory.takeOver();
  }
}
