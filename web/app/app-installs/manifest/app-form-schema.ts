import {
  applyEach,
  schema,
  validate,
  validateTree,
  type SchemaPath,
  type SchemaPathTree,
} from '@angular/forms/signals';

import { endpointProblem } from '../../bridge/endpoint-problem';
import type { AppForm, EndpointForm, WebhooksForm } from './app-form';
import { ENGAGEMENT_LISTS, ENGAGEMENT_LIST_NAMES } from './engagement-words';
import { fieldAt } from './field-at';
import { isSameJson } from './json-value';
import {
  descriptionProblem,
  headerNameProblem,
  headerValueProblem,
  logoProblem,
  nameProblem,
  redirectProblem,
  retentionProblem,
  retriesProblem,
  scopeProblem,
  wordsProblem,
} from './manifest-rules';
import type { RefusedMember } from './problem-path';

/** What the rules depend on besides the form. */
export interface FormSurroundings {
  /** The app as the account has it; `null` for a new one. What it has already is not judged. */
  readonly saved: () => AppForm | null;
  /** Whose rules hold for endpoints. */
  readonly isEmulated: () => boolean;
  /** What the last save was refused for and still stands. */
  readonly refused: () => readonly RefusedMember[];
}

type Found = string | null;

/** Rules of the whole form. @see PROTOCOL.md §4.2 */
export const appFormSchema = (surroundings: FormSurroundings) =>
  schema<AppForm>((app) => {
    judgeDetails(app, surroundings);
    judgeWebhooks(app.webhooks, surroundings);
    judgeEngagement(app, surroundings);
    validateTree(app, ({ fieldTree }) =>
      surroundings.refused().flatMap(({ path, message }) => {
        const field = fieldAt(fieldTree, path);
        return field === null ? [] : [{ kind: 'refused', message, fieldTree: field }];
      }),
    );
  });

function judgeDetails({ details }: SchemaPathTree<AppForm>, { saved }: FormSurroundings): void {
  const was = () => saved()?.details;
  validate(details.name, ({ value, valueOf }) =>
    told(was()?.name === value() ? null : nameProblem(value(), valueOf(details.isDemo))),
  );
  judge(details.description, () => was()?.description, descriptionProblem);
  judge(details.scope, () => was()?.scope, scopeProblem);
  judge(details.logoUri, () => was()?.logoUri, logoProblem);
  validate(details.redirectUris, ({ value, valueOf }) => {
    const grantTypes = valueOf(details.grantTypes);
    const isAsBefore = was()?.redirectUris === value() && isSameJson(was()?.grantTypes, grantTypes);
    return told(isAsBefore ? null : redirectProblem(value(), grantTypes));
  });
}

function judgeWebhooks(
  webhooks: SchemaPathTree<WebhooksForm>,
  { saved, isEmulated }: FormSurroundings,
): void {
  judge(webhooks.retention, () => saved()?.webhooks.retention, retentionProblem);
  applyEach(webhooks.endpoints, (endpoint) => {
    const wasOf = (type: string): EndpointForm | undefined =>
      saved()?.webhooks.endpoints.find((each) => each.type === type);
    validate(endpoint.url, ({ value, valueOf }) => {
      const was = wasOf(valueOf(endpoint.type))?.url;
      return told(was === value() ? null : endpointProblem(value(), isEmulated()));
    });
    validate(endpoint.maxRetries, ({ value, valueOf }) => {
      const was = wasOf(valueOf(endpoint.type))?.maxRetries;
      return told(was === value() ? null : retriesProblem(value()));
    });
    validateTree(endpoint.headers, ({ value, fieldTree, valueOf }) => {
      if (isSameJson(wasOf(valueOf(endpoint.type))?.headers, value())) return null;
      return value().flatMap((header, index) => {
        const others = value().flatMap(({ name }, at) => (at < index ? [name] : []));
        return [
          { message: headerNameProblem(header.name, others), fieldTree: fieldTree[index]?.name },
          { message: headerValueProblem(header.value), fieldTree: fieldTree[index]?.value },
        ].flatMap(({ message, fieldTree: field }) =>
          message === null || field === undefined ? [] : [{ kind: 'header', message, fieldTree: field }],
        );
      });
    });
    judgeNewHeader(endpoint);
  });
}

/** A header that is being typed: its name is judged on the way, and it must be added or cleared before the app is saved. */
function judgeNewHeader({ headers, newHeader }: SchemaPathTree<EndpointForm>): void {
  validate(newHeader.name, ({ value, valueOf }) => {
    const names = valueOf(headers).map(({ name }) => name);
    return told(value() === '' ? null : headerNameProblem(value(), names));
  });
  validate(newHeader, ({ value }) => {
    const { name, value: text } = value();
    return told(name === '' && text === '' ? null : $localize`Add this header, or clear both fields.`);
  });
}

function judgeEngagement({ engagement }: SchemaPathTree<AppForm>, { saved }: FormSurroundings): void {
  for (const name of ENGAGEMENT_LIST_NAMES) {
    validate(engagement[name], ({ value, valueOf }) => {
      const was = saved()?.engagement;
      const isJudged = valueOf(engagement.isOn) && !(was?.isOn === true && isSameJson(was[name], value()));
      return told(isJudged ? wordsProblem(value(), ENGAGEMENT_LISTS[name]) : null);
    });
  }
}

/** Judges a field unless it holds what the account has already. */
function judge(
  path: SchemaPath<string>,
  was: () => string | undefined,
  problem: (text: string) => Found,
): void {
  validate(path, ({ value }) => told(was() === value() ? null : problem(value())));
}

const told = (message: Found) => (message === null ? null : { kind: 'rule', message });
