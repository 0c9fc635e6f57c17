/** Hands a text to the browser as a file to save. */
export function saveText(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then; kept, it would stay in memory as long as the page.
  setTimeout(() => URL.revokeObjectURL(url));
}
