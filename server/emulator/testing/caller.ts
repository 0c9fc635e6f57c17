import type { AppInstallation } from '#protocol/app-installation';

import { DEMO_ADMINISTRATOR, DEMO_CONNECTOR_NAME } from '../state/seed.ts';
import { Answer, claimsOf, textAt } from './answer.ts';
import { clientProperties, opening, publishing } from './requests.ts';
import type { OpenOptions } from './requests.ts';

type Headers = Readonly<Record<string, string>>;

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Headers;
  /** Sent as JSON, unless it is a text, which is sent as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** A consumer with the tokens its connector holds. */
export interface Consumer {
  readonly id: string;
  readonly headers: Headers;
}

export const CONVERSATION_PATH = '/messaging/consumer/conversation?v=3';
export const SEND_PATH = '/messaging/consumer/conversation/send?v=3';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Makes the plain HTTP calls of an administrator and a connector, one account at a time. */
export class Caller {
  readonly origin: string;
  readonly account: string;

  constructor(origin: string, account = 'demo') {
    this.origin = origin;
    this.account = account;
  }

  async call(
    path: string,
    { method = 'GET', headers = {}, body, signal }: CallOptions = {},
  ): Promise<Answer> {
    const isText = typeof body === 'string';
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { ...(!isText && body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
      redirect: 'manual',
      ...(signal && { signal }),
    });
    return new Answer(response, await response.text());
  }

  post(path: string, body: unknown, headers: Headers = {}): Promise<Answer> {
    return this.call(path, { method: 'POST', body, headers });
  }

  /** A path of the account. */
  path(rest: string): string {
    return `/api/account/${this.account}${rest}`;
  }

  signIn(username: string, password: string): Promise<Answer> {
    return this.post(this.path('/login?v=1.3'), { username, password });
  }

  /** Headers of a signed-in user; the administrator unless said otherwise. */
  async bearer({ loginName, password } = DEMO_ADMINISTRATOR): Promise<Headers> {
    const login = await this.signIn(loginName, password);
    return { authorization: `Bearer ${login.textAt('bearer')}` };
  }

  installationsPath(id = ''): string {
    return this.path(`/configuration/app-install/installations${id && `/${id}`}?v=1.0`);
  }

  async installations(): Promise<readonly AppInstallation[]> {
    const { body } = await this.call(this.installationsPath(), { headers: await this.bearer() });
    return body as readonly AppInstallation[];
  }

  /** A seeded app, with its secret; the connector unless said otherwise. */
  async app(name = DEMO_CONNECTOR_NAME): Promise<AppInstallation> {
    const app = (await this.installations()).find(({ client_name }) => client_name === name);
    if (!app) throw new Error(`no app ${name}`);
    return app;
  }

  appTokenPath(query = 'v=1.0&grant_type=client_credentials'): string {
    return `/sentinel${this.path(`/app/token?${query}`)}`;
  }

  requestAppToken(clientId: string, clientSecret: string | null): Promise<Answer> {
    const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret ?? '' });
    return this.post(this.appTokenPath(), form.toString(), FORM);
  }

  async appToken(): Promise<string> {
    const app = await this.app();
    return (await this.requestAppToken(app.client_id, app.client_secret)).textAt('access_token');
  }

  requestConsumerToken(appToken: string, externalId: string): Promise<Answer> {
    const headers = { authorization: appToken };
    return this.post(this.path('/consumer?v=1.0'), { ext_consumer_id: externalId }, headers);
  }

  /** A consumer with both tokens. */
  async consumer(externalId = 'ada-1'): Promise<Consumer> {
    const appToken = await this.appToken();
    const token = (await this.requestConsumerToken(appToken, externalId)).textAt('token');
    const id = textAt(claimsOf(token), 'lp_consumer_id');
    return { id, headers: { authorization: appToken, 'x-lp-on-behalf': token } };
  }

  /** The consumer, with a client that says with each call that it can show this. */
  static announcing(consumer: Consumer, ...features: readonly string[]): Consumer {
    return {
      ...consumer,
      headers: { ...consumer.headers, 'client-properties': clientProperties(...features) },
    };
  }

  open(consumer: Consumer, options: OpenOptions = {}): Promise<Answer> {
    const headers = { ...consumer.headers, ...options.headers };
    return this.post(this.path(CONVERSATION_PATH), opening(this.account, options), headers);
  }

  /** Opens and gives the conversation's id. */
  async opened(consumer: Consumer, options: OpenOptions = {}): Promise<string> {
    return (await this.open(consumer, options)).textAt(1, 'body', 'conversationId');
  }

  send(consumer: Consumer, request: unknown): Promise<Answer> {
    return this.post(this.path(SEND_PATH), request, consumer.headers);
  }

  publish(consumer: Consumer, conversationId: string, event: unknown): Promise<Answer> {
    return this.send(consumer, publishing(conversationId, event));
  }

  say(consumer: Consumer, conversationId: string, message: string): Promise<Answer> {
    return this.publish(consumer, conversationId, {
      type: 'ContentEvent',
      contentType: 'text/plain',
      message,
    });
  }
}
