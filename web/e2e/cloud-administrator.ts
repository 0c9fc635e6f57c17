import type { AppInstallation } from '#protocol/app-installation';
import type { World } from './world.ts';

/** Another administrator of the demo account, who works in the cloud itself and not through this app. @see PROTOCOL.md §4.1 */
export class CloudAdministrator {
  private readonly base: string;
  private readonly headers: Readonly<Record<string, string>>;

  private constructor(base: string, bearer: string) {
    this.base = base;
    this.headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' };
  }

  static async signIn({ emulatorOrigin }: World): Promise<CloudAdministrator> {
    const answer = await fetch(`${emulatorOrigin}/api/account/demo/login?v=1.3`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'demo-admin' }),
    });
    const { bearer } = (await answer.json()) as { readonly bearer: string };
    return new CloudAdministrator(
      `${emulatorOrigin}/api/account/demo/configuration/app-install/installations`,
      bearer,
    );
  }

  async app(name: string): Promise<AppInstallation> {
    const found = (await this.apps()).find((app) => app.client_name === name);
    if (found === undefined) throw new Error(`No app ${name}`);
    return found;
  }

  async apps(): Promise<readonly AppInstallation[]> {
    const answer = await fetch(`${this.base}?v=1.0`, { headers: this.headers });
    return (await answer.json()) as readonly AppInstallation[];
  }

  /** Changes an app as the cloud has it now. */
  async change(name: string, change: Readonly<Record<string, unknown>>): Promise<void> {
    const app = await this.app(name);
    await this.send('PUT', app.id, { ...app, ...change });
  }

  async uninstall(name: string): Promise<void> {
    await this.send('DELETE', (await this.app(name)).id);
  }

  private async send(method: string, id: string, body?: unknown): Promise<void> {
    const url = `${this.base}/${id}?v=1.0`;
    const read = await fetch(url, { headers: this.headers });
    const answer = await fetch(url, {
      method,
      headers: { ...this.headers, 'If-Match': read.headers.get('ac-revision') ?? '' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  }
}
