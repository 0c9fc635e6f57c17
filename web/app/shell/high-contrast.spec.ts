/** Text of these colours stands on these grounds: chips and notes on their own, lists also where a row is chosen. */
const INKS = ['text', 'text-muted', 'text-faint', 'accent', 'ok', 'warn', 'danger', 'info', 'webhook'];
const GROUNDS = [
  ...['surface', 'surface-page', 'surface-raised', 'surface-sunken', 'own', 'other'],
  ...['accent-soft', 'ok-soft', 'warn-soft', 'danger-soft', 'info-soft', 'webhook-soft'],
].map((role) => `var(--${role})`);
const CHOSEN_ROW = 'color-mix(in srgb, var(--accent) 18%, var(--surface))';
/** WCAG 2.2, 1.4.6. */
const ENHANCED = 7;

describe('high contrast', () => {
  const root = document.documentElement;

  afterEach(() => {
    delete root.dataset['theme'];
    delete root.dataset['contrast'];
  });

  for (const theme of ['light', 'dark']) {
    it(`has words of at least 7:1 in ${theme}, those of a status too`, () => {
      root.dataset['theme'] = theme;
      root.dataset['contrast'] = 'more';

      const pale = [...GROUNDS, CHOSEN_ROW].flatMap((ground) =>
        INKS.map((ink) => [ink, ground, contrastOf(`var(--${ink})`, ground)] as const)
          .filter(([, , contrast]) => contrast < ENHANCED)
          .map(([name, , contrast]) => `${name} on ${ground}: ${contrast.toFixed(2)}`),
      );

      expect(pale).toEqual([]);
      expect(contrastOf('var(--on-accent)', 'var(--accent)')).toBeGreaterThanOrEqual(ENHANCED);
    });
  }

  it('fades nothing', () => {
    root.dataset['contrast'] = 'more';

    expect(getComputedStyle(root).getPropertyValue('--dimmed')).toBe('1');
  });
});

function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map((colour) => luminanceOf(colour)).toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** As WCAG defines it. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = drawn(colour).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Red, green and blue (0–1) as the browser paints them. */
function drawn(colour: string): readonly number[] {
  const part = document.createElement('span');
  part.style.color = colour;
  document.body.append(part);
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = getComputedStyle(part).color;
  part.remove();
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part255) => part255 / 255);
}
