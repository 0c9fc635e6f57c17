import { buildExchange } from '../testing/build-exchange';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';
import { filterMistakes } from './filter-mistakes';
import { FILTER_COLUMNS, readFilter, unknownColumns } from './item-filter';

describe('FilterHelp', () => {
  async function openHelp(tab: keyof typeof FILTER_COLUMNS = 'webhooks') {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange());
    const page = await renderInspector(writer, { tab });
    const { element, fixture } = page;
    const opener = element.querySelector<HTMLButtonElement>('app-filter-help > button')!;
    const panel = element.querySelector<HTMLElement>('app-filter-help [role=dialog]')!;
    const examples = () => [...panel.querySelectorAll('button')];
    const open = async () => {
      opener.focus();
      opener.click();
      await eventually(() => panel.contains(document.activeElement));
      await fixture.whenStable();
    };
    await open();
    return { ...page, opener, panel, examples, open };
  }

  for (const list of ['timeline', 'webhooks', 'requests'] as const) {
    it(`has the columns of its list and one example for each way to write a term (${list})`, async () => {
      const { fixture, element, examples, panel, opener } = await openHelp(list);

      expect(textOf(panel.querySelector('.columns'))).toBe(`Columns: ${FILTER_COLUMNS[list].join(', ')}`);
      expect(opener.getAttribute('aria-expanded')).toBe('true');
      expect(examples().length).toBe(8);
      for (const example of examples().map((one) => textOf(one)!)) {
        expect(readFilter(example)).withContext(example).not.toBeNull();
        expect(unknownColumns(example, FILTER_COLUMNS[list])).withContext(example).toEqual([]);
        expect(filterMistakes(example, FILTER_COLUMNS[list], []))
          .withContext(example)
          .toEqual([]);
      }
      await expectAccessible(element);
      fixture.destroy();
    });
  }

  it('puts an example behind what the field has, and leads back to the field', async () => {
    const { fixture, element, examples, open, panel, opener, store } = await openHelp();
    const field = element.querySelector<HTMLInputElement>('input[type=search]')!;
    const choose = async (example: string) => {
      examples()
        .find((one) => textOf(one) === example)!
        .click();
      await fixture.whenStable();
    };

    await choose('status:5xx');
    expect(field.value).toBe('status:5xx');
    expect(document.activeElement).toBe(field);
    expect(panel.matches(':popover-open')).toBeFalse();
    await eventually(() => opener.getAttribute('aria-expanded') === 'false');
    expect(examples()).toEqual([]);

    store.filterText.set('-role:agent ');
    await open();
    await choose('"two words"');
    expect(field.value).toBe('-role:agent "two words"');
    expect(field.selectionStart).toBe(field.value.length);

    store.filterText.set('type:content "two wor');
    await open();
    await choose('status:5xx');
    expect(field.value).toBe('type:content "two wor" status:5xx');
    fixture.destroy();
  });

  it('closes when one goes on to another control, not on the way to its own button', async () => {
    const { fixture, element, open, opener, panel } = await openHelp();

    opener.focus();
    expect(panel.matches(':popover-open')).toBeTrue();
    panel.querySelector('button')!.focus();
    element.querySelector<HTMLInputElement>('input[type=checkbox]')!.focus();
    expect(panel.matches(':popover-open')).toBeFalse();
    expect((document.activeElement as HTMLInputElement).type).toBe('checkbox');

    await open();
    opener.focus();
    element.querySelector<HTMLInputElement>('input[type=search]')!.focus();
    expect(panel.matches(':popover-open')).toBeFalse();
    expect((document.activeElement as HTMLInputElement).type).toBe('search');
    fixture.destroy();
  });
});
