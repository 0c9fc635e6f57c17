import {
  DEFAULT_CONVERSATION_OPTIONS,
  type ConversationView,
  type InstallationList,
  type InstallationView,
  type SendMessageRequest,
  type SignedInUser,
} from '#protocol/bridge-api';
import { asDialogId } from '#protocol/identifiers';
import type { Problem } from '#protocol/problem';

import { StreamReader } from './read-sse.ts';

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
  problem(): Problem;
}

/** Talks to the bridge as a browser does: with its cookie and nothing else. */
export class TestBrowser {
  readonly origin: string;
  private cookie = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  async call(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<BrowserAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.cookieHeader,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: text }),
    });
    this.keepCookies(response.headers.getSetCookie());
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      body: isJson(response) ? (JSON.parse(answer) as unknown) : answer,
      problem: () => JSON.parse(answer) as Problem,
    };
  }

  get(path: string): Promise<BrowserAnswer> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown = {}): Promise<BrowserAnswer> {
    return this.call('POST', path, { body });
  }

  get cookieHeader(): Record<string, string> {
    return this.cookie === '' ? {} : { cookie: this.cookie };
  }

  /** Goes on as the same browser, with another bridge. */
  takeCookieOf(other: TestBrowser): void {
    this.cookie = other.cookie;
  }

  async signInToDemo(): Promise<SignedInUser> {
    return (await this.post('/api/sign-in/demo')).body as SignedInUser;
  }

  async installations(): Promise<readonly InstallationView[]> {
    return ((await this.get('/api/installations')).body as InstallationList).installations;
  }

  /** The first enabled connector app. */
  async connectorApp(): Promise<InstallationView> {
    const apps = await this.installations();
    return apps.find(({ enabled, scope }) => enabled && scope === 'msg.consumer')!;
  }

  async openConversation(name = 'Kim', externalId?: string): Promise<ConversationView> {
    const { client_id: appKey } = await this.connectorApp();
    const consumer = { name, ...(externalId !== undefined && { externalId }) };
    const answer = await this.post('/api/conversations', {
      appKey,
      consumer,
      options: DEFAULT_CONVERSATION_OPTIONS,
    });
    if (answer.status !== 201) throw new Error(`no conversation: ${answer.text}`);
    return answer.body as ConversationView;
  }

  send({ conversationId }: ConversationView, text: string, clientMessageId: string): Promise<BrowserAnswer> {
    const body: SendMessageRequest = {
      clientMessageId,
      dialogId: asDialogId(conversationId),
      content: { type: 'text', text },
    };
    return this.post(`/api/conversations/${conversationId}/messages`, body);
  }

  /** Opens the stream of events. The caller disposes of it. */
  events(query = ''): StreamReader {
    return new StreamReader(`${this.origin}/api/events${query}`, this.cookieHeader);
  }

  private keepCookies(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const pair = cookie.split(';', 1).join('');
      this.cookie = pair.endsWith('=') ? '' : pair;
    }
  }
}

const isJson = (response: Response): boolean => (response.headers.get('content-type') ?? '').includes('json');
