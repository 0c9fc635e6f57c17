import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { MAIN, type LogWriter } from '../../testing/log-entries';
import { button, renderContent, text, vertical } from '../../testing/rendered-content';

describe('a row of cards in structured content', () => {
  const cards = (count: number) => ({
    type: 'carousel',
    padding: 10,
    elements: Array.from({ length: count }, (_, at) =>
      vertical(
        text(`Card ${at}`),
        button(`Take ${at}`, { type: 'publishText', text: 'x' }, [{ type: 'ExternalId', id: `${at}` }]),
      ),
    ),
  });
  const rendered = async (count: number, more?: (log: LogWriter) => LogWriter) => {
    const parts = await renderContent(cards(count), more);
    const { element } = parts;
    const list = element.querySelector<HTMLElement>('[role=list]')!;
    list.style.scrollBehavior = 'auto';
    const place = () => element.querySelector('.structured-place')?.textContent;
    return { ...parts, list, place };
  };

  it('says where one is, goes on by its arrows and ends at the last', async () => {
    const { list, place, button, press, element } = await rendered(3);
    element.style.cssText = 'display: block; width: 260px';
    await eventually(() => place() === '1 of 3');
    expect(button('Previous').ariaDisabled).toBe('true');

    await press('Next');
    await eventually(() => place() === '2 of 3');
    await press('Next');
    await eventually(() => place() === '3 of 3');
    await press('Next');

    expect(button('Next').ariaDisabled).toBe('true');
    expect(list.scrollLeft).toBeGreaterThan(200);
    expect(element.querySelector('.structured-cut-right')).toBeNull();
    expect(element.querySelector('.structured-cut-left')).not.toBeNull();
    await expectAccessible(element);
  });

  it('says which of them are in sight where several are, and goes back from its end', async () => {
    const { list, place, press, element } = await rendered(3);
    element.style.cssText = 'display: block; width: 440px';
    await eventually(() => place() === '1–2 of 3');

    await press('Next');
    await eventually(() => place() === '2–3 of 3');
    await press('Previous');
    await eventually(() => place() === '1–2 of 3');

    expect(list.scrollLeft).toBeLessThan(20);
  });

  it('needs no arrows where all of them have room', async () => {
    const { button, place } = await rendered(2);

    await eventually(() => button('Next').hidden === true);

    expect(place()).toBe('');
  });

  it('stands after a reload at the card that was used', async () => {
    const used = (log: LogWriter) => log.ownReceipt('ACTION', [5], MAIN, [{ id: '9', type: 'ExternalId' }]);
    const { place, list, element } = await rendered(40, used);
    element.style.cssText = 'display: block; width: 260px';

    await eventually(() => place() === '10 of 40');
    expect(list.scrollLeft).toBeGreaterThan(1_800);
  });
});
