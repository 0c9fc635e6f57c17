import { Component, computed, input } from '@angular/core';

/** Stroked paths on a 24 × 24 grid; one entry per icon that the app uses. */
const PATHS = {
  add: 'M12 5v14M5 12h14',
  alert: 'M12 4 3 20h18L12 4ZM12 10v4M12 17v.5',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  braces:
    'M9 4H7.500a2 2 0 0 0-2 2v4l-2 2 2 2v4a2 2 0 0 0 2 2H9M15 4h1.500a2 2 0 0 1 2 2v4l2 2-2 2v4a2 2 0 0 1-2 2H15',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  chatEnd: 'M4 5h16v11H9l-5 4V5ZM9.500 8l5 5M14.500 8l-5 5',
  check: 'M5 13l4.500 4.500L19 7',
  checkDouble: 'M2 13l4 4 8.500-9M10.500 16l1.500 1.500L21.500 8',
  chevronDown: 'M6 9l6 6 6-6',
  chevronLeft: 'M15 6l-6 6 6 6',
  chevronRight: 'M9 6l6 6-6 6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  // Only lines are drawn: the dark half is as many of them as fill it.
  contrast:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 3v18M13.600 3.200v17.600M15.200 3.700v16.600M16.800 4.500v15M18.400 5.800v12.400M20 8v8',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  eraser: 'M8 20h12M6 17l-2-2a1.500 1.500 0 0 1 0-2l9-9 7 7-7.500 7.500H8L6 17ZM9 8l7 7',
  edit: 'M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4',
  eye: 'M2 12s3.600-7 10-7 10 7 10 7-3.600 7-10 7-10-7-10-7ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  eyeOff:
    'M3 3l18 18M10 5.200A9 9 0 0 1 12 5c6.400 0 10 7 10 7a17 17 0 0 1-3 3.800M6.500 6.800A17 17 0 0 0 2 12s3.600 7 10 7a9.600 9.600 0 0 0 4.500-1.100',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.5',
  clip: 'M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700l-8.400 8.400a1.700 1.700 0 0 1-2.400-2.400L14.500 7',
  download: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.500 9v.1',
  file: 'M6 3h8l5 5v13H6V3ZM14 3v5h5',
  inbox: 'M4 13 6.500 5h11L20 13v6H4v-6ZM4 13h5l1.500 2.500h3L15 13h5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5M12 7.500V8',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  logout: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  menu: 'M4 7h16M4 12h16M4 17h16',
  monitor: 'M3 5h18v11H3zM9 20h6M12 16v4',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z',
  more: 'M12 4.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600ZM12 11.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600ZM12 18.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600Z',
  outbound: 'M4 12h15M13 6l6 6-6 6',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7V5Z',
  refresh: 'M20 11a8 8 0 1 0-.5 4M20 5v6h-6',
  retry: 'M4 11a8 8 0 1 1 .5 4M4 5v6h6',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l5 5',
  send: 'M4 12l16-8-6 16-2.500-6.500L4 12Z',
  server: 'M4 5h16v6H4zM4 13h16v6H4zM7.500 8v.1M7.500 16v.1',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8.500 14a4 4 0 0 0 7 0M9 9.500v.1M15 9.500v.1',
  sort: 'M8 10l4-4 4 4M8 14l4 4 4-4',
  structure: 'M4 4h16v16H4zM4 9h16M8 13h8M8 16h5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  timeline: 'M5 4v16M19 4v16M5 9h13M15 6l3 3-3 3M19 16H6M9 13l-3 3 3 3',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  undo: 'M4 10h11a5 5 0 0 1 0 10h-4M8 6l-4 4 4 4',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4 20c1-4 4-6 8-6s7 2 8 6',
} as const;

export type IconName = keyof typeof PATHS;

/** An inline icon in the colour and size of the text around it. Decoration only: its button or label speaks. */
@Component({
  selector: 'app-icon',
  template: `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      width: 1.25em;
      height: 1.25em;
      flex: none;
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => PATHS[this.name()]);
}
