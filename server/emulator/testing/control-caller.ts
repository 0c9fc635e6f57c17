import { Answer } from './answer.ts';

/** Calls the control API. */
export class ControlCaller {
  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.origin}/emulator/control${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return new Answer(response, await response.text());
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call('POST', path, body);
  }

  /** Adds a rule and gives its id. */
  async fault(rule: object): Promise<string> {
    const answer = await this.post('/faults', rule);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.textAt('id');
  }

  async advance(span: object): Promise<void> {
    const answer = await this.post('/clock/advance', span);
    if (answer.status !== 200) throw new Error(answer.text);
  }

  /** How the webhooks of the account's first connector app stand. */
  async standing(account = 'demo'): Promise<Record<string, unknown>> {
    const { body } = await this.get(`/accounts/${account}/apps`);
    return (body as { apps: Record<string, unknown>[] }).apps[0]!;
  }

  async deliveries(filter = ''): Promise<readonly Record<string, unknown>[]> {
    const { body } = await this.get(`/deliveries${filter}`);
    return (body as { deliveries: Record<string, unknown>[] }).deliveries;
  }
}

/** Resolves once the condition holds; looks again whenever the program has had its turn. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
