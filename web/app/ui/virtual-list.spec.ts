import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { Divider } from './divider';
import { TabBar } from './tab-bar';
import { VirtualList, type ListItem } from './virtual-list';

@Component({
  selector: 'app-list-host',
  imports: [VirtualList],
  template: `<app-virtual-list
    label="Items"
    style="display: block; height: 200px"
    [items]="items()"
    [rowHeight]="20"
    [(selected)]="selected"
    [(isFollowing)]="isFollowing"
    [group]="group()"
    ><ng-template #row let-item>item {{ item.id }}</ng-template></app-virtual-list
  >`,
})
class ListHost {
  readonly items = signal<readonly ListItem[]>([]);
  readonly selected = signal<number | null>(null);
  readonly isFollowing = signal(true);
  readonly group = signal<ReadonlySet<number>>(new Set());
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => ({ id: at + 1 }));

async function renderList(count: number) {
  const fixture = TestBed.createComponent(ListHost);
  const host = fixture.componentInstance;
  host.items.set(numbered(count));
  const element = fixture.nativeElement as HTMLElement;
  await fixture.whenStable();
  const scroller = element.querySelector<HTMLElement>('[role=listbox]')!;
  // The list measures itself when the browser tells it its size.
  while (element.querySelectorAll('[role=option]').length < Math.min(count, 18)) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await fixture.whenStable();
  }
  const press = async (key: string) => {
    scroller.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true }));
    await fixture.whenStable();
  };
  const scrollTo = async (top: number) => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
  };
  return { fixture, host, element, scroller, press, scrollTo };
}

describe('VirtualList', () => {
  it('draws a handful of fifty thousand, at their places', async () => {
    const { element, scrollTo } = await renderList(50_000);
    await expectAccessible(element);

    await scrollTo(500_000);

    const rows = [...element.querySelectorAll('[role=option]')];
    expect(rows.length).toBeLessThan(40);
    expect(rows.some((row) => row.textContent.trim() === 'item 25001')).toBeTrue();
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('50000');
  });

  it('leaves a row under the pointer that presses it, and follows on when that lets go', async () => {
    const { fixture, host, element, scroller } = await renderList(100);
    const row = element.querySelector('[role=option]:nth-last-child(5)')!;
    const at = scroller.scrollTop;
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerId: 1 }));
    host.items.set(numbered(120));
    await fixture.whenStable();
    expect(scroller.scrollTop).toBe(at);

    row.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId: 1 }));
    await eventually(() => scroller.scrollTop === 120 * 20 - 200);

    expect(host.isFollowing()).toBeTrue();
  });

  it('follows on when more came before the browser tells of the last scrolling', async () => {
    const { host, element, scroller, scrollTo } = await renderList(100);
    element.querySelector<HTMLElement>('.space')!.style.height = '5000px';

    await scrollTo(scroller.scrollTop);

    expect(host.isFollowing()).toBeTrue();
  });

  it('comes to its end also where the browser tells of the height only after what came was drawn', async () => {
    const { element, scroller } = await renderList(100);

    element.querySelector<HTMLElement>('.space')!.style.height = '5000px';

    await eventually(() => scroller.scrollTop === 5000 - 200);
    expect(scroller.scrollTop).toBe(5000 - 200);
  });

  it('stays at the newest until one scrolls away, and again when one comes back', async () => {
    const { fixture, host, scroller, scrollTo } = await renderList(100);
    expect(scroller.scrollTop).toBe(100 * 20 - 200);

    await scrollTo(300);
    expect(host.isFollowing()).toBeFalse();
    host.items.set(numbered(120));
    await fixture.whenStable();
    expect(scroller.scrollTop).toBe(300);

    await scrollTo(120 * 20);
    expect(host.isFollowing()).toBeTrue();
  });

  it('stays at its end when rows come before the last one, and when the last one goes and comes again', async () => {
    const { fixture, host, scroller } = await renderList(100);
    const last = { id: -1, isInert: true };
    for (const items of [
      [...numbered(100), last],
      [...numbered(103), last],
      numbered(103),
      [...numbered(103), last],
    ]) {
      host.items.set(items);
      await fixture.whenStable();

      expect(scroller.scrollTop).toBe(items.length * 20 - 200);
    }
    expect(host.isFollowing()).toBeTrue();
  });

  it('is at its end when it is shown after it was hidden', async () => {
    const { fixture, host, element, scroller } = await renderList(100);
    element.style.display = 'none';
    host.items.set(numbered(120));
    await fixture.whenStable();
    // The browser tells sizes once a frame.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));

    element.style.display = '';
    await eventually(() => scroller.scrollTop === 120 * 20 - 200);

    expect(host.isFollowing()).toBeTrue();
  });

  it('shows with what is chosen what belongs to it, as much as fits', async () => {
    const { fixture, host, scroller } = await renderList(100);

    host.group.set(new Set([52, 56, 90]));
    host.selected.set(54);
    host.isFollowing.set(false);
    await fixture.whenStable();
    // Ten rows fit: those from 52 to 56 come to the middle.
    expect(scroller.scrollTop).toBe(51 * 20 - 2.5 * 20);

    host.group.set(new Set([54, 62]));
    host.selected.set(55);
    await fixture.whenStable();
    expect(scroller.scrollTop).toBe((62 - 10) * 20);
  });

  it('cuts a row at its edge rather than look finished, and has its last row whole at the end', async () => {
    const { element, scroller } = await renderList(100);
    element.querySelector<HTMLElement>('app-virtual-list')!.style.height = '213px';

    await eventually(() => scroller.scrollTop === 100 * 20 - 213);

    expect(scroller.clientHeight).toBe(213);
  });

  it('follows again when a choice is given up where it is at its end, and not where it is not', async () => {
    const { fixture, host, press, scrollTo } = await renderList(5);
    await press('End');
    expect(host.isFollowing()).toBeFalse();

    await press('Escape');
    expect(host.isFollowing()).toBeTrue();

    host.items.set(numbered(100));
    await fixture.whenStable();
    await press('Home');
    await scrollTo(0);
    await press('Escape');
    expect(host.isFollowing()).toBeFalse();
  });

  it('follows when a choice that came from elsewhere is given up where it is at its end', async () => {
    const { fixture, host } = await renderList(5);
    host.selected.set(2);
    host.isFollowing.set(false);
    await fixture.whenStable();

    host.selected.set(null);
    await fixture.whenStable();

    expect(host.isFollowing()).toBeTrue();
  });

  it('shows the neighbours of what is chosen by keys', async () => {
    const { press, scroller } = await renderList(100);
    await press('Home');
    for (let step = 0; step < 12; step += 1) await press('ArrowDown');
    expect(scroller.scrollTop).toBe(14 * 20 - 200);
    for (let step = 0; step < 10; step += 1) await press('ArrowUp');

    expect(scroller.scrollTop).toBe(20);
  });

  it('does not follow after a choice where it did not before', async () => {
    const { fixture, host, press } = await renderList(5);
    host.isFollowing.set(false);
    await fixture.whenStable();
    await press('End');

    await press('Escape');

    expect(host.isFollowing()).toBeFalse();
  });

  it('goes on following when it shows another, longer list', async () => {
    const { fixture, host, scroller } = await renderList(5);
    host.items.set(numbered(400));
    await fixture.whenStable();
    scroller.scrollTop = 10;
    scroller.querySelector<HTMLElement>('.space')!.style.height = '9000px';

    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();

    expect(host.isFollowing()).toBeTrue();
  });

  it('chooses by keys, shows what is chosen, and stops following', async () => {
    const { host, element, scroller, press } = await renderList(100);
    await press('Home');
    expect(host.selected()).toBe(1);
    expect(host.isFollowing()).toBeFalse();
    expect(scroller.scrollTop).toBe(0);

    await press('ArrowDown');
    await press('j');
    await press('k');
    expect(host.selected()).toBe(2);
    expect(scroller.getAttribute('aria-activedescendant')).toBe(
      element.querySelector('[aria-selected=true]')!.id,
    );
    await expectAccessible(element);

    await press('Escape');
    expect(host.selected()).toBeNull();
  });

  it('leaves the choice where it is when an item cannot be chosen', async () => {
    const { fixture, host, element, press } = await renderList(3);
    host.items.set([{ id: 1 }, { id: 2 }, { id: -1, isInert: true }]);
    host.selected.set(2);
    await fixture.whenStable();

    await press('ArrowDown');
    element.querySelector<HTMLElement>('[aria-disabled=true]')!.click();
    await fixture.whenStable();

    expect(host.selected()).toBe(2);
    expect(element.querySelectorAll('[aria-selected=true]').length).toBe(1);
  });
});

describe('TabBar', () => {
  it('chooses by arrows and is one stop of the keyboard', async () => {
    const fixture = TestBed.createComponent(TabBar);
    fixture.componentRef.setInput('label', 'Lists');
    fixture.componentRef.setInput('panelId', 'panel');
    fixture.componentRef.setInput('tabs', [
      { id: 'a', label: 'A', count: 3 },
      { id: 'b', label: 'B' },
    ]);
    fixture.componentRef.setInput('selected', 'a');
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const [first, second] = element.querySelectorAll<HTMLElement>('[role=tab]');

    first!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
    await fixture.whenStable();

    expect(fixture.componentInstance.selected()).toBe('b');
    expect([first!.tabIndex, second!.tabIndex]).toEqual([-1, 0]);
  });
});

describe('Divider', () => {
  async function renderDivider(inputs: Record<string, unknown> = {}) {
    const fixture = TestBed.createComponent(Divider);
    const all = { label: 'Width', size: 200, min: 100, max: 300, ...inputs };
    for (const [name, value] of Object.entries(all)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const press = (key: string) => element.dispatchEvent(new KeyboardEvent('keydown', { key }));
    return { divider: fixture.componentInstance, element, press };
  }

  it('moves by keys within its bounds', async () => {
    const { divider, element, press } = await renderDivider();
    await expectAccessible(element);
    press('ArrowRight');
    expect(divider.size()).toBe(216);
    press('ArrowUp');
    expect(divider.size()).toBe(216);
    press('End');
    press('ArrowRight');
    expect(divider.size()).toBe(300);
    press('Home');
    expect(divider.size()).toBe(100);
  });

  it('follows the pointer, the other way for a pane after it', async () => {
    const { divider, element } = await renderDivider({ edge: 'end', orientation: 'horizontal' });
    spyOn(element, 'setPointerCapture');
    element.dispatchEvent(new PointerEvent('pointerdown', { clientY: 50, button: 0 }));
    element.dispatchEvent(new PointerEvent('pointermove', { clientY: 20 }));
    element.dispatchEvent(new PointerEvent('pointerup'));
    element.dispatchEvent(new PointerEvent('pointermove', { clientY: 0 }));

    expect(divider.size()).toBe(230);
  });
});
