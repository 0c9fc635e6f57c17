/**
 * The lines of a text as they are drawn in a box so wide, in a type whose signs are all 1ch.
 *
 * @param element Holds the text; stands nowhere yet
 */
export function drawnLines(element: HTMLElement, ch: number): readonly string[] {
  const box = document.createElement('div');
  box.style.cssText = `width: ${ch}ch; font: 16px monospace; overflow-wrap: anywhere`;
  box.append(element);
  document.body.append(box);
  const lines = linesIn(box);
  box.remove();
  return lines;
}

function linesIn(box: HTMLElement): readonly string[] {
  const lines = new Map<number, string>();
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    Array.from(node.textContent ?? '', (sign, at) => {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      lines.set(top, (lines.get(top) ?? '') + sign);
    });
  }
  return [...lines.values()].map((line) => line.trim()).filter((line) => line !== '');
}
