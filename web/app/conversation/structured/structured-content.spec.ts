import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { CARD, button, renderContent, text, vertical } from '../../testing/rendered-content';

const LOST = 'data:image/png;base64,iVBORw0K';

describe('StructuredContent', () => {
  it('keeps a card with a lost image legible and says in its place what is missing', async () => {
    const image = { type: 'image', url: LOST, alt: 'A shoe', tooltip: 'Front view' };
    const { element } = await renderContent(
      vertical(text('New'), image, button('Buy', { type: 'publishText', text: 'buy' })),
    );
    // As in a bubble, which is as wide as what it holds.
    element.style.cssText = 'display: block; inline-size: fit-content';
    await eventually(() => element.querySelector('.error') !== null);
    const place = element.querySelector<HTMLElement>('.lp-json-pollock-element-image')!;

    expect(place.innerText.trim()).toBe('The image could not be loaded: A shoe');
    expect(place.title).toBe('Front view');
    expect(element.getBoundingClientRect().width).toBeGreaterThanOrEqual(220);
    expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
    expect(place.scrollHeight).toBeLessThanOrEqual(place.clientHeight);
    await expectAccessible(element);
  });

  it('lets a lost image be pressed all the same', async () => {
    const action = { type: 'link', uri: 'https://example.com/shoe' };
    const image = { type: 'image', url: LOST, alt: 'A shoe', click: { actions: [action] } };
    const { element, opened, press } = await renderContent(vertical(text('New'), image));
    await eventually(() => element.querySelector('.error') !== null);

    expect(element.querySelector('img')!.checkVisibility()).toBeTrue();
    await press('A shoe');

    expect(opened).toEqual(['https://example.com/shoe']);
    await expectAccessible(element);
  });

  it('draws a card by the vendor’s renderer, its texts as texts', async () => {
    const { element } = await renderContent(CARD);

    expect(element.querySelector('.lp-json-pollock-layout-vertical')).not.toBeNull();
    expect(element.textContent).toContain('<script>alert(1)</script>');
    expect(element.textContent).toContain('Shoe & <b>co</b>');
    expect(element.querySelector('script, b')).toBeNull();
    expect(element.querySelector('br')).not.toBeNull();
    await expectAccessible(element);
  });

  it('draws carousels, tabs, accordions and rows so that a keyboard can use them', async () => {
    const { element } = await renderContent(
      vertical(
        { type: 'carousel', padding: 10, elements: [vertical(text('One')), vertical(text('Two'))] },
        { type: 'tabs', elements: [{ ...vertical(text('Left')), tag: 'app-root' }, vertical(text('Right'))] },
        {
          type: 'accordionSelect',
          selectMode: { name: 'a b"]' },
          titles: [{ name: 'First' }],
          elements: [vertical(text('x')), vertical(text('y'))],
        },
        { type: 'horizontal', percentages: [30], elements: [text('l'), button('r', { type: 'custom' })] },
      ),
    );

    const tabs = element.querySelectorAll<HTMLElement>('[role=tab]');
    expect([...tabs].map(({ textContent, ariaSelected }) => [textContent, ariaSelected])).toEqual([
      ['app-root', 'true'],
      ['Tab 2', 'false'],
    ]);
    expect(document.getElementById('app-root')).toBeNull();
    tabs[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    expect(tabs[1]!.ariaSelected).toBe('true');
    const part = element.querySelector<HTMLElement>('.structured-fold')!;
    expect(part.ariaExpanded).toBe('false');
    part.click();
    expect(part.ariaExpanded).toBe('true');
    await expectAccessible(element);
  });

  it('shows invalid content as such, with its JSON on demand', async () => {
    const { element, fixture } = await renderContent(vertical({ type: 'image' }));

    expect(element.textContent).toContain('is not valid');
    expect(element.textContent).toContain('content.elements[0] has no url');
    expect(element.querySelector('app-json-view')).toBeNull();
    await expectAccessible(element);
    element.querySelector<HTMLElement>('summary')!.click();
    await new Promise((done) =>
      element.querySelector('details')!.addEventListener('toggle', done, { once: true }),
    );
    await fixture.whenStable();
    expect(element.querySelector('app-json-view')?.textContent).toContain('"image"');
    await expectAccessible(element);
  });

  it('draws a huge and a deep message without hanging', async () => {
    let deep: unknown = text('bottom');
    for (let level = 0; level < 3000; level += 1) deep = vertical(deep);
    const wide = Array.from({ length: 50_000 }, (_, at) => text(`line ${at}`));

    const { element } = await renderContent(vertical(deep, ...wide));

    expect(element.querySelectorAll('.lp-json-pollock-element-text').length).toBeLessThan(256);
    expect(element.textContent).toContain('nested too deep');
  });
});
