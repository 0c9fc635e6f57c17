import type { Shortcut } from '../../ui/shortcuts';

/** The keys of the editor of an app. */
export function editorKeys(save: () => void): readonly Shortcut[] {
  const group = $localize`Editor`;
  return [
    { key: 's', withControl: true, words: $localize`Install or save the app`, group, run: save },
    { key: '← → Home End', words: $localize`Another section, in the row of tabs`, group },
  ];
}
