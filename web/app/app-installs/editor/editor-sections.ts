import type { FieldTree, ReadonlyFieldTree } from '@angular/forms/signals';

import type { Tab } from '../../ui/tab-bar';
import type { AppForm } from '../manifest/app-form';

export const EDITOR_SECTIONS = ['details', 'webhooks', 'engagement', 'manifest'] as const;
export type EditorSection = (typeof EDITOR_SECTIONS)[number];

const FORM_SECTIONS = ['details', 'webhooks', 'engagement'] as const;

/** The section that the URL names, or the first. */
export function asSection(text: string | undefined): EditorSection {
  return EDITOR_SECTIONS.find((section) => section === text) ?? 'details';
}

/** The tabs, each with how many mistakes show behind it. */
export function sectionTabs(form: FieldTree<AppForm>, textProblemCount: number): readonly Tab[] {
  return [
    { id: 'details', label: $localize`Details`, problems: shownMistakes(form.details) },
    { id: 'webhooks', label: $localize`Webhooks`, problems: shownMistakes(form.webhooks) },
    { id: 'engagement', label: $localize`Engagement`, problems: shownMistakes(form.engagement) },
    { id: 'manifest', label: $localize`Manifest`, problems: textProblemCount },
  ];
}

/** The section in which a field with a mistake is edited. */
export function sectionOf(form: FieldTree<AppForm>, field: ReadonlyFieldTree<unknown>): EditorSection {
  const holds = (section: (typeof FORM_SECTIONS)[number]): boolean =>
    form[section]()
      .errorSummary()
      .some(({ fieldTree }) => fieldTree === field);
  return FORM_SECTIONS.find(holds) ?? 'manifest';
}

function shownMistakes(section: ReadonlyFieldTree<unknown>): number {
  return section()
    .errorSummary()
    .filter(({ fieldTree }) => fieldTree().touched()).length;
}
