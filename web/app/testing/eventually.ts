/** Waits until `isTrue` holds, looking again after each turn of the page; Jasmine's own limit ends a wait in vain. */
export async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve));
}
