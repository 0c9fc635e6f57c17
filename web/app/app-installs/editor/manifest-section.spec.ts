import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { openEditor } from '../../testing/opened-editor';

describe('ManifestSection', () => {
  it('shows a manifest that is pasted in the form, and sends its unknown members', async () => {
    const editor = await openEditor('/apps/new?section=manifest');
    const own = {
      client_name: 'Pasted',
      description: 'From a file',
      scope: 'msg.consumer',
      grant_types: ['client_credentials'],
      custom: { deep: true },
    };
    await editor.fill('Manifest as JSON', JSON.stringify({ ...own, client_secret: 'foreign' }));
    expect(editor.element.textContent).toContain('client_secret will be left out: only the cloud sets it.');
    await editor.press('Details');
    expect(editor.field('Name').value).toBe('Pasted');
    await editor.save();
    await eventually(() => editor.account.installed.length === 3);

    expect(editor.account.installed[2]).toEqual(jasmine.objectContaining(own));
    expect(editor.account.installed[2]?.['client_secret']).toBeUndefined();
  });

  it('reads a manifest from a file', async () => {
    const editor = await openEditor('/apps/new?section=manifest');
    const files = new DataTransfer();
    files.items.add(new File(['{ "client_name": "From file" }'], 'app.json'));
    const input = editor.element.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('No file field');
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await eventually(() => editor.element.textContent.includes('Imported from app.json.'));

    expect(editor.manifest()['client_name']).toBe('From file');
  });

  it('reads a manifest that is dropped on the text, and says where it may be dropped', async () => {
    const editor = await openEditor('/apps/new?section=manifest');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{ "client_name": "Dropped" }'], 'dropped.json'));
    const area = editor.field('Manifest as JSON');
    const over = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    area.dispatchEvent(over);
    await editor.stable();
    expect(over.defaultPrevented).toBeTrue();
    expect(editor.element.querySelector('.is-dragged-over')).not.toBeNull();

    area.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    await eventually(() => editor.element.textContent.includes('Imported from dropped.json.'));

    expect(editor.manifest()['client_name']).toBe('Dropped');
    expect(editor.element.querySelector('.is-dragged-over')).toBeNull();
  });

  it('keeps a text that is no manifest, says where it breaks, and locks the form until it is settled', async () => {
    const editor = await openEditor('/apps/a/edit?section=manifest');
    await editor.fill('Manifest as JSON', '{\n oops');
    expect(editor.element.textContent).toContain('This is not valid JSON: line 2, column 2');
    await editor.press('Details');
    expect(editor.field('Name').matches(':disabled')).toBeTrue();
    const status = () => editor.element.querySelector('#editor-status')?.textContent;
    expect(editor.named('button[type=submit]', 'Save').getAttribute('aria-disabled')).toBe('true');
    expect(status()).toBe('Invalid manifest');
    await editor.save();
    await editor.press('Go to the manifest');
    expect(editor.field('Manifest as JSON').value).toBe('{\n oops');
    expect(document.activeElement).toBe(editor.field('Manifest as JSON'));
    expect(editor.account.revision).toBe(1);

    await editor.fill('Manifest as JSON', '{ "client_name": 3, "capabilities": [] }');
    expect(editor.element.textContent).toContain('client_name: This must be a string.');
    expect(editor.named('[role=tab]', 'Manifest').textContent).toContain('2 to correct');
    await expectAccessible(editor.element);
    await editor.press('Discard the text');
    expect(editor.manifest()['client_name']).toBe('Alpha');
  });

  it('leaves the focus in the section whose form the discarded text had locked', async () => {
    const editor = await openEditor('/apps/a/edit?section=manifest');
    await editor.fill('Manifest as JSON', '{');
    await editor.press('Webhooks');

    await editor.press('Discard the text');

    expect(document.activeElement).toBe(editor.named('[role=tab]', 'Webhooks'));
  });

  it('tidies up whatever is JSON, and says why not where a text is none', async () => {
    const editor = await openEditor('/apps/a/edit?section=manifest');
    const tidyUp = () => editor.named('button', 'Tidy up');
    const note = () => editor.element.querySelector('.note-danger')?.textContent.replace(/\s+/g, ' ');
    const kept = 'The form keeps its values until the text is a valid manifest.';
    await editor.fill('Manifest as JSON', '{ "client_name": 7 }');
    expect(note()).toContain(kept);
    await editor.press('Tidy up');
    expect(editor.field('Manifest as JSON').value).toBe('{\n  "client_name": 7\n}');
    expect(tidyUp().hasAttribute('aria-describedby')).toBeFalse();

    await editor.fill('Manifest as JSON', '{ oops');

    expect(tidyUp().getAttribute('aria-disabled')).toBe('true');
    expect(tidyUp().getAttribute('aria-describedby')).toBe('manifest-problems');
    expect(note()).toContain(`Only valid JSON can be tidied up. ${kept}`);
  });

  it('leads to the comma that has to go, by the line that it names', async () => {
    const editor = await openEditor('/apps/a/edit?section=manifest');
    await editor.fill('Manifest as JSON', '{\n  "client_name": "Broken",\n}');
    expect(editor.element.textContent).toContain('Remove the comma in line 2');

    await editor.press('Go to line 2');

    const area = editor.field('Manifest as JSON');
    expect(area.value.slice(area.selectionStart ?? 0, area.selectionEnd ?? 0)).toBe(',');
  });

  it('does not touch the text while a person types it', async () => {
    const editor = await openEditor('/apps/a/edit?section=manifest');
    const typed = '{"client_name":"Alpha" , "enabled":true}';
    await editor.fill('Manifest as JSON', typed);
    expect(editor.field('Manifest as JSON').value).toBe(typed);

    await editor.press('Tidy up');
    expect(editor.field('Manifest as JSON').value).toBe('{\n  "client_name": "Alpha",\n  "enabled": true\n}');
  });
});
