import { makeScrollable } from './carousel';

function each(root: ParentNode, selector: string, change: (element: HTMLElement, at: number) => void): void {
  root.querySelectorAll<HTMLElement>(selector).forEach(change);
}

/** What the vendor's renderer leaves to the pointer made usable by keyboard and screen reader. */
export function makeOperable(root: DocumentFragment): void {
  each(root, '.lp-json-pollock-layout-carousel-wrapper', (wrapper) => nameGroup(wrapper, $localize`Cards`));
  each(root, '[aria-label="Previous"]', (arrow) => (arrow.ariaLabel = $localize`Previous`));
  each(root, '[aria-label="Next"]', (arrow) => (arrow.ariaLabel = $localize`Next`));
  each(root, '[aria-live][aria-atomic]', (place) => place.setAttribute('role', 'status'));
  each(root, '.lp-json-pollock-layout-carousel-wrapper', makeScrollable);
  each(root, '.lp-json-pollock-layout-checklist', (list) => nameGroup(list, headingOf(list)));
  each(root, '.lp-json-pollock-layout-vertical-scroll', (scroller) => {
    nameGroup(scroller, $localize`Scrolling card`);
    scroller.tabIndex = 0;
  });
  // The renderer takes the sender's words for ids, which may be any id of the page.
  const id = `structured-tab-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  each(root, '.lp-json-pollock-element-tab', (bar, at) => openTabs(bar, `${id}-${at}`));
  each(root, '.lp-json-pollock-layout-accordion-tab', openAccordion);
  each(root, '.lp-json-pollock-layout-carousel-select', makeSelectable);
}

function nameGroup(element: HTMLElement, name: string): void {
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', name);
}

/** The text above a check list is its name. */
function headingOf(list: HTMLElement): string {
  const before = list.previousElementSibling?.textContent.trim() ?? '';
  return before === '' ? $localize`Choices` : before;
}

function openTabs(bar: HTMLElement, id: string): void {
  bar.setAttribute('role', 'tablist');
  const tabs = [...bar.children].filter((child) => child instanceof HTMLButtonElement);
  const panels = [...(bar.parentElement?.children ?? [])].filter((child) => child !== bar);
  const sync = (): void => {
    for (const [index, tab] of tabs.entries()) {
      const isOpen = tab.classList.contains('active');
      tab.setAttribute('aria-selected', String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      panels[index]?.setAttribute('role', 'tabpanel');
    }
  };
  for (const [index, tab] of tabs.entries()) {
    tab.id = `${id}-${index}`;
    tab.type = 'button';
    tab.setAttribute('role', 'tab');
    if (tab.textContent.trim() === '') tab.textContent = $localize`Tab ${index + 1}`;
    panels[index]?.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', sync);
    tab.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      const next = tabs[(index + step + tabs.length) % tabs.length];
      if (step === 0 || next === undefined) return;
      event.preventDefault();
      next.click();
      next.focus();
    });
  }
  sync();
}

function openAccordion(part: HTMLElement): void {
  part.removeAttribute('role');
  const title = part.querySelector<HTMLElement>('.lp-json-pollock-layout-accordion-title');
  const body = part.querySelector<HTMLElement>('[data-accordion-body]');
  if (title === null || body === null) return;
  part
    .querySelector('.lp-json-pollock-layout-accordion-checkbox')
    ?.setAttribute('aria-label', $localize`Choose ${title.textContent}`);
  const fold = document.createElement('button');
  fold.type = 'button';
  fold.className = 'structured-fold';
  fold.textContent = title.textContent;
  title.replaceChildren(fold);
  const sync = (): void => fold.setAttribute('aria-expanded', String(body.dataset['open'] === 'true'));
  sync();
  // The renderer's own listener, on the head of the part, opens and closes it.
  part.addEventListener('click', sync);
}

/** Cards are chosen by a press on their ground; a button of ours does the same for the keyboard. */
function makeSelectable(carousel: HTMLElement): void {
  const cards = [...carousel.children].filter((child) => child instanceof HTMLElement);
  carousel.setAttribute('role', 'list');
  const sync = (): void => {
    for (const card of cards) {
      const isChosen = card.dataset['selected'] === 'true';
      const button = card.querySelector(':scope > .structured-choose');
      if (button === null) continue;
      button.setAttribute('aria-pressed', String(isChosen));
      button.textContent = isChosen ? $localize`Chosen` : $localize`Choose`;
    }
  };
  for (const card of cards) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'structured-choose';
    button.addEventListener('click', () => card.dispatchEvent(new MouseEvent('click')));
    card.append(button);
    card.addEventListener('click', sync);
  }
  sync();
}
