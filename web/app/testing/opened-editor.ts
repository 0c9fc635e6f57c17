import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { AppEditorPage } from '../app-installs/editor/app-editor-page';
import { leaveGuard } from '../app-installs/leave-guard';
import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from './blank-page';
import { HERE, buildInstallation, endpointsAt } from './build-installation';
import { eventually } from './eventually';
import { FakeAccount } from './fake-account';
import { provideAccount } from './provide-account';

/** An account with the app Alpha (`a`), all of whose endpoints are here, and the app Beta (`b`). */
export function accountWithApp(more: Record<string, unknown> = {}): FakeAccount {
  const account = new FakeAccount();
  account.installed = [
    {
      ...buildInstallation({ id: 'a', name: 'Alpha', description: 'First', webhooks: endpointsAt(HERE) }),
      ...more,
    },
    buildInstallation({ id: 'b', name: 'Beta' }),
  ];
  return account;
}

/** Opens the editor at a URL, as its routes do. */
export async function openEditor(url: string, account = accountWithApp()): Promise<OpenedEditor> {
  TestBed.configureTestingModule({
    providers: [
      provideAccount(account),
      provideRouter(
        [
          { path: 'apps/new', component: AppEditorPage, canDeactivate: [leaveGuard] },
          { path: 'apps/:appKey/edit', component: AppEditorPage, canDeactivate: [leaveGuard] },
          { path: '**', component: BlankPage },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  await TestBed.inject(SignedInUser).signInToDemo();
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  const editor = new OpenedEditor(harness, account);
  await eventually(
    () => editor.element.querySelector('form, app-failure-note, app-installed-panel') !== null,
  );
  await editor.stable();
  return editor;
}

/** The editor and what a person does with it. */
export class OpenedEditor {
  readonly element: HTMLElement;
  readonly router = TestBed.inject(Router);
  readonly account: FakeAccount;
  readonly stable: () => Promise<unknown>;

  readonly page: unknown;

  constructor({ fixture, routeDebugElement }: RouterTestingHarness, account: FakeAccount) {
    this.account = account;
    this.page = routeDebugElement?.componentInstance;
    this.element = fixture.nativeElement as HTMLElement;
    this.stable = () => fixture.whenStable();
  }

  /** What is in sight and has a name that begins so. */
  named(selector: string, name: string): HTMLElement {
    const inSight = [...this.element.querySelectorAll<HTMLElement>(selector)].filter((each) =>
      each.checkVisibility(),
    );
    const found = inSight.find((each) => {
      const label = 'labels' in each ? (each.labels as NodeListOf<HTMLElement> | null)?.[0] : null;
      const text = each.getAttribute('aria-label') ?? label?.textContent ?? each.textContent;
      return text.trim().replace(/\s+/g, ' ').startsWith(name);
    });
    if (found === undefined) throw new Error(`No ${selector} named ${name}`);
    return found;
  }

  field(name: string): HTMLInputElement {
    return this.named('input, textarea, select', name) as HTMLInputElement;
  }

  async press(name: string): Promise<void> {
    this.named('button, a, [role=tab]', name).click();
    await this.stable();
  }

  async fill(name: string, value: string): Promise<void> {
    const control = this.field(name);
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    await this.stable();
  }

  async check(name: string, isChecked = true): Promise<void> {
    if (this.field(name).checked !== isChecked) this.field(name).click();
    await this.stable();
  }

  async key(name: string, key: string): Promise<void> {
    this.field(name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await this.stable();
  }

  async save(): Promise<void> {
    this.element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await this.stable();
  }

  /** Waits for the question and answers it: until then a navigation or a save is not done. */
  async answer(question: string, answer: string): Promise<void> {
    await eventually(() => this.element.querySelector('dialog[open]') !== null);
    expect(this.element.querySelector('dialog[open] h2')?.textContent).toBe(question);
    this.named('dialog[open] button', answer).click();
    await this.stable();
  }

  async leaveBy(name: string, answer: string): Promise<void> {
    this.named('a', name).click();
    await this.answer('Leave without saving?', answer);
  }

  manifest(): Record<string, unknown> {
    return JSON.parse(this.field('Manifest as JSON').value) as Record<string, unknown>;
  }

  urls(): readonly string[] {
    const fields = this.element.querySelectorAll<HTMLInputElement>('app-endpoint-editor input[type=url]');
    return [...fields].map(({ value }) => value);
  }
}
