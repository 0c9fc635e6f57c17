import type { WebhookEventType } from '#protocol/app-installation';

import type { EngagementList, EngagementSwitch } from './engagement-words';

/** An app as its form edits it; what a manifest has besides stays in the manifest. */
export interface AppForm {
  readonly details: DetailsForm;
  readonly webhooks: WebhooksForm;
  readonly engagement: EngagementForm;
}

export interface DetailsForm {
  readonly name: string;
  /** A new app for a demo: its name gets the marker. */
  readonly isDemo: boolean;
  readonly isEnabled: boolean;
  readonly description: string;
  readonly scope: string;
  readonly grantTypes: readonly string[];
  /** One per line. */
  readonly redirectUris: string;
  readonly logoUri: string;
}

export interface WebhooksForm {
  /** Always the five, in the order of `WEBHOOK_EVENT_TYPES`. */
  readonly endpoints: readonly EndpointForm[];
  /** Seconds as a text; empty: nothing is kept for a failed endpoint. */
  readonly retention: string;
}

export interface EndpointForm {
  readonly type: WebhookEventType;
  /** Empty: no endpoint. */
  readonly url: string;
  /** A number as a text; empty: not set. */
  readonly maxRetries: string;
  readonly headers: readonly HeaderForm[];
  /** A header that is being typed and was not added yet. */
  readonly newHeader: HeaderForm;
}

export interface HeaderForm {
  readonly name: string;
  readonly value: string;
}

export const EMPTY_HEADER: HeaderForm = { name: '', value: '' };

export type EngagementForm = Readonly<Record<EngagementSwitch, boolean>> &
  Readonly<Record<EngagementList, readonly string[]>> & {
    /** Whether the app tells the campaign designer anything at all. */
    readonly isOn: boolean;
  };

/** Whether a header was typed and not added. */
export function hasUnaddedHeader(form: AppForm): boolean {
  return form.webhooks.endpoints.some(isHeaderTyped);
}

/** Whether a header of this endpoint was typed and not added. */
export const isHeaderTyped = ({ newHeader }: EndpointForm): boolean =>
  newHeader.name !== '' || newHeader.value !== '';

/** The endpoint without the header that is being typed: that one changes nothing yet. */
export const withoutTypedHeader = (endpoint: EndpointForm): EndpointForm => ({
  ...endpoint,
  newHeader: EMPTY_HEADER,
});
