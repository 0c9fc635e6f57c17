import { TestBed } from '@angular/core/testing';

import { BridgeClient } from '../bridge/bridge-client';
import { buildExchange } from '../testing/build-exchange';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { startInspector, textOf } from '../testing/provide-inspector';
import { PageCommands } from '../ui/page-commands';
import { ExportMenu } from './export-menu';

describe('ExportMenu', () => {
  const entries = () => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];

  async function render(writer: LogWriter) {
    TestBed.configureTestingModule({ providers: [{ provide: BridgeClient, useValue: new FakeAccount() }] });
    const { log, store } = startInspector();
    log.deliver(...writer.entries);
    const fixture = TestBed.createComponent(ExportMenu);
    fixture.componentRef.setInput('list', 'requests');
    await fixture.whenStable();
    return { store, fixture };
  }

  async function openMenu(writer: LogWriter) {
    const { store, fixture } = await render(writer);
    const element = fixture.nativeElement as HTMLElement;
    element.querySelector('button')!.click();
    await eventually(() => entries().length > 0);
    await fixture.whenStable();
    return { store, element };
  }

  /** What is saved by the entry that begins so. */
  const saved = (words: string) =>
    savedBy(() =>
      entries()
        .find((entry) => textOf(entry)?.startsWith(words))!
        .click(),
    );

  async function savedBy(run: () => unknown): Promise<{ readonly name: string; readonly content: unknown }> {
    const made = spyOn(URL, 'createObjectURL').and.callThrough();
    const clicked = spyOn(HTMLAnchorElement.prototype, 'click');
    await run();
    const blob = made.calls.mostRecent().args[0] as Blob;
    const { download: name } = clicked.calls.mostRecent().object as HTMLAnchorElement;
    return { name, content: JSON.parse(await blob.text()) as unknown };
  }

  const twoCalls = () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ summary: 'app token' }));
    writer.add(buildExchange({ summary: 'open conversation' }));
    return writer;
  };

  it('saves what the list shows as the log has it', async () => {
    const { element } = await openMenu(twoCalls());
    expect(textOf(element)).toBe('Export');
    await expectAccessible(element);

    const { name, content } = await saved('JSON');

    expect(name).toBe(`requests-${CONVERSATION}.json`);
    const { entries: list } = content as { readonly entries: readonly { readonly kind: string }[] };
    expect(list.map(({ kind }) => kind)).toEqual(['exchange', 'exchange']);
  });

  it('saves what is in sight as an HTTP archive', async () => {
    const { store } = await openMenu(twoCalls());
    store.filterText.set('summary:open');

    const { name, content } = await saved('HAR');

    expect(name).toBe(`requests-${CONVERSATION}.har`);
    const { log } = content as {
      readonly log: { readonly version: string; readonly entries: readonly { readonly comment: string }[] };
    };
    expect(log.version).toBe('1.2');
    expect(log.entries.map(({ comment }) => comment)).toEqual(['open conversation']);
  });

  it('is in the palette with its formats while there is a list', async () => {
    const { store, fixture } = await render(twoCalls());
    const commands = TestBed.inject(PageCommands).all;
    expect(commands().map(({ label, about }) => `${label}, ${about}`)).toEqual([
      'Export as JSON, Requests',
      'Export as HAR, Requests',
    ]);
    store.filterText.set('summary:open');

    const { name, content } = await savedBy(() => commands().at(-1)?.run());

    expect(name).toBe(`requests-${CONVERSATION}.har`);
    const { log } = content as { readonly log: { readonly entries: readonly unknown[] } };
    expect(log.entries.length).toBe(1);
    fixture.componentRef.setInput('isIdle', true);
    expect(commands()).toEqual([]);
    fixture.componentRef.setInput('isIdle', false);
    fixture.destroy();
    expect(commands()).toEqual([]);
  });
});
