import axe from 'axe-core';

/** Fails with what axe finds wrong in `element` (WCAG 2.2 A and AA), each finding with the markup it concerns. */
export async function expectAccessible(element: HTMLElement): Promise<void> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // A component stands in a page that has landmarks and a heading of level one; here it stands alone.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`,
  );
  expect(found).withContext('axe').toEqual([]);
}
