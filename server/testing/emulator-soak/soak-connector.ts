import type { Answer } from '../../emulator/testing/answer.ts';
import type { Caller, Consumer } from '../../emulator/testing/caller.ts';
import { closing } from '../../emulator/testing/requests.ts';
import type { SoakApp } from './soak-apps.ts';

const MOST_TRIES = 50;

/** Sends for consumers as a careful connector does: again when there was no answer, with a new token when it has to. */
export class SoakConnector {
  /** Sends that were made again. */
  repeated = 0;
  private readonly caller: Caller;
  private readonly app: SoakApp;
  private appToken = '';

  constructor(caller: Caller, app: SoakApp) {
    this.caller = caller;
    this.app = app;
  }

  /** The consumer's token, which is good for ever (§5.2). */
  async consumerToken(externalId: string): Promise<string> {
    if (this.appToken === '') await this.renew();
    return (await this.caller.requestConsumerToken(this.appToken, externalId)).textAt('token');
  }

  open(token: string): Promise<string> {
    return this.caller.opened(this.as(token));
  }

  say(token: string, conversation: string, text: string): Promise<void> {
    return this.surely(() => this.caller.say(this.as(token), conversation, text));
  }

  close(token: string, conversation: string): Promise<void> {
    return this.surely(() => this.caller.send(this.as(token), closing(conversation)));
  }

  private async surely(send: () => Promise<Answer>): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const answer = await send().catch(() => null);
      if (answer?.at('code') === 'OK') return;
      if (answer?.at('body', 'errorCode') === 40102) await this.renew();
      this.repeated += 1;
    }
    throw new Error('the emulator did not take a request');
  }

  private async renew(): Promise<void> {
    const { key, secret } = this.app;
    this.appToken = (await this.caller.requestAppToken(key, secret)).textAt('access_token');
  }

  private as(token: string): Consumer {
    return { id: '', headers: { authorization: this.appToken, 'x-lp-on-behalf': token } };
  }
}
