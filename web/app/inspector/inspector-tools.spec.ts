import { expectAccessible } from '../testing/expect-accessible';
import { buildExchange } from '../testing/build-exchange';
import { LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';

describe('InspectorTools', () => {
  it('tells a mistake in the filter, with an example that suits the list', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'a'));
    const filter = element.querySelector('input')!;
    expect(filter.placeholder).toContain('body:order');

    filter.value = 'role:agnt sequence:>x';
    filter.dispatchEvent(new Event('input'));
    await fixture.whenStable();

    const told = textOf(element.querySelector('[role=status]'));
    expect(told).toContain('Nothing here has “agnt” in “role”');
    expect(told).toContain('“sequence” needs a number, as in sequence:>3; “x” is a word.');
    await expectAccessible(element);
  });

  for (const tab of ['timeline', 'webhooks', 'requests']) {
    it(`tells of a column that the filter does not know, and of those that the list has (${tab})`, async () => {
      const writer = new LogWriter().agentSays(0, 'a');
      writer.add(buildExchange());
      const { fixture, element, store } = await renderInspector(writer, { tab });

      for (const text of ['foo:bar', '-foo:bar', 'a foo:"b c']) {
        store.filterText.set(text);
        await fixture.whenStable();
        const told = textOf(element.querySelector('[role=status]'));
        expect(told)
          .withContext(text)
          .toContain('No column “foo”, so it is looked for as a word. Columns: type');
      }
    });
  }

  it('offers no tools beside a conversation that is not there, but to see the others', async () => {
    const { element } = await renderInspector(new LogWriter(), { isMissing: true });
    const tools = element.querySelector('app-inspector-tools')!;

    const enabled = [...tools.querySelectorAll<HTMLInputElement>('input, button')].filter(
      ({ disabled }) => !disabled,
    );
    expect(enabled.map(({ type }) => type)).toEqual(['checkbox']);
    await expectAccessible(element);
  });

  it('says how many calls of the account are out of sight, shows them, and takes them away again', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    const call = () => writer.add(buildExchange({ summary: 'app installations' }), null);
    call();
    const { fixture, element, log } = await renderInspector(writer, { tab: 'requests' });
    const line = () => textOf(element.querySelector('.aside'));
    const press = async () => {
      element.querySelector<HTMLElement>('.aside button')!.click();
      await fixture.whenStable();
    };
    expect(line()).toBe('1 call of the account is hidden. Show it');
    log.deliver(call());
    await fixture.whenStable();
    expect(line()).toBe('2 calls of the account are hidden. Show them');
    await expectAccessible(element);

    await press();
    expect(element.querySelectorAll('app-request-row').length).toBe(2);
    expect(line()).toBe('2 calls of the account are shown. Hide them');
    await press();
    expect(element.querySelectorAll('app-request-row').length).toBe(0);

    fixture.componentRef.setInput('tab', 'webhooks');
    await fixture.whenStable();
    expect(line()).toBeUndefined();
  });

  it('clears again and again, says so for as long as something is out of sight, and brings it back', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    const { fixture, element, log, store } = await renderInspector(writer);
    const line = () => textOf(element.querySelector('.cleared span'));
    const press = async (name: string) => {
      [...element.querySelectorAll<HTMLButtonElement>('app-inspector-tools button')]
        .find((one) => textOf(one) === name)!
        .click();
      await fixture.whenStable();
    };
    expect(line()).toBeUndefined();

    await press('Clear');
    log.deliver(...writer.agentSays(1, 'b').entries.slice(1));
    await fixture.whenStable();
    expect(store.webhookCount()).toBe(1);
    expect(line()).toBe('What came before is cleared from sight.');
    await expectAccessible(element);
    await press('Clear');
    expect(store.webhookCount()).toBe(0);

    await press('Show it');
    expect(store.webhookCount()).toBe(2);
    expect(line()).toBeUndefined();
    expect(textOf(document.activeElement)).toBe('Clear');
  });
});
