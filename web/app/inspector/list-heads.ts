import { Component } from '@angular/core';

/** Names the columns of `WebhookRow`. */
@Component({
  selector: 'app-webhook-heads',
  template: `<span i18n class="time">Time</span>
    <span i18n class="type">Type</span>
    <span class="second-line">
      <span i18n class="role">Role</span>
      <span i18n class="summary">Summary</span>
      <span i18n class="took">Took</span>
    </span>
    <span i18n class="sequence">Sequence</span>
    <span i18n class="answer">Answer</span>`,
  styleUrls: ['./item-row.scss', './list-heads.scss'],
})
export class WebhookHeads {}

/** Names the columns of `RequestRow`. */
@Component({
  selector: 'app-request-heads',
  template: `<span i18n class="time">Time</span>
    <span i18n class="method">Method</span>
    <span i18n class="status">Status</span>
    <span i18n class="summary">Summary</span>
    <span class="second-line"><span i18n class="where">Path</span></span>
    <span i18n class="took">Took</span>`,
  styleUrls: ['./item-row.scss', './list-heads.scss'],
})
export class RequestHeads {}
