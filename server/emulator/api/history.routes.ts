import { Router } from 'express';
import type { Request } from 'express';
import * as v from 'valibot';

import { asConversationId } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import { jsonObject } from '../json-object.ts';
import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import type { ConversationRecord } from '../state/conversation-record.ts';
import { accountOf } from './account-of.ts';
import { requireAgent } from './agent-authority.ts';
import { callerHost } from './caller-host.ts';
import {
  FOREIGN_FILTERS,
  filterSchema,
  hasStatus,
  passesFilters,
  spanOf,
  statusSchema,
} from './history/history-filters.ts';
import type { Filters } from './history/history-filters.ts';
import { pageMetadata, pageOf, readHistoryPage } from './history/history-page.ts';
import { DEFAULT_SECTIONS, historyRecord } from './history/history-record.ts';
import { jsonBody } from './request-body.ts';
import { accountRefusal, notModelled } from './upstream-error.ts';

export interface HistoryDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
}

const CONVERSATIONS = '/messaging_history/api/account/:account/conversations';
const MOST_IDS = 100;

const sections = { contentToRetrieve: v.optional(v.array(v.string())) };

/** @see PROTOCOL.md §9.1 */
const byIdSchema = v.pipe(
  jsonObject({
    conversationId: v.optional(v.pipe(v.string(), v.minLength(1))),
    conversationIds: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MOST_IDS))),
    ...sections,
  }),
  v.check(
    ({ conversationId, conversationIds }) => conversationId !== undefined || conversationIds !== undefined,
    'conversationId is missing',
  ),
);

/** @see PROTOCOL.md §9.1 */
const byConsumerSchema = jsonObject({
  consumer: v.pipe(v.string(), v.minLength(1)),
  status: v.optional(statusSchema),
  ...sections,
});

/** Messaging history, for signed-in users of the account. @see PROTOCOL.md §9 */
export function historyRoutes({ accounts, clock }: HistoryDeps): Router {
  const router = Router();

  router.post(`${CONVERSATIONS}/conversation/search`, (request, response) => {
    const account = authorizedAccount(accounts, request);
    const { conversationId, conversationIds = [], contentToRetrieve } = bodyOf(request, byIdSchema);
    const wanted = new Set(
      conversationId === undefined ? conversationIds : [conversationId, ...conversationIds],
    );
    const found = [...wanted].flatMap((id) => account.history.get(asConversationId(id)) ?? []);
    response.json(answer(request, found, { account, now: clock.now(), contentToRetrieve }));
  });

  router.post(`${CONVERSATIONS}/consumer/search`, (request, response) => {
    const account = authorizedAccount(accounts, request);
    const { consumer, status, contentToRetrieve } = bodyOf(request, byConsumerSchema);
    const found = account.history
      .list()
      .filter(({ conversation }) => conversation.consumerId === consumer && hasStatus(conversation, status));
    response.json(answer(request, found, { account, now: clock.now(), contentToRetrieve }));
  });

  router.post(`${CONVERSATIONS}/search`, (request, response) => {
    const account = authorizedAccount(accounts, request);
    const filters = bodyOf(request, filterSchema);
    const now = clock.now();
    requireKnownFilters(filters);
    requireShortSpans(filters, now);
    const found = account.history.list().filter((record) => passesFilters(record, filters, { account, now }));
    response.json(answer(request, found, { account, now, contentToRetrieve: filters.contentToRetrieve }));
  });

  return router;
}

function authorizedAccount(accounts: Accounts, request: Request<{ account: string }>): Account {
  const account = accountOf(accounts, request);
  requireAgent(account, request);
  return account;
}

function bodyOf<Schema extends v.GenericSchema>(request: Request, schema: Schema): v.InferOutput<Schema> {
  const body = v.safeParse(schema, jsonBody(request, accountRefusal));
  if (body.success) return body.output;
  const [issue] = body.issues;
  throw accountRefusal(400, `${v.getDotPath(issue) ?? 'The body'}: ${issue.message}`);
}

/** A filter that does nothing would be a wrong answer that looks right. */
function requireKnownFilters(filters: Filters): void {
  const foreign = FOREIGN_FILTERS.find((name) => name in filters);
  if (foreign !== undefined) throw notModelled(`the history filter ${foreign} (§9.1)`);
}

/** @see PROTOCOL.md §9.1 */
function requireShortSpans({ start, end }: Filters, now: number): void {
  for (const [name, span] of Object.entries({ start, ...(end && { end }) })) {
    if (!spanOf(span, now))
      throw accountRefusal(400, `${name}: from and to must be three months apart at most`);
  }
}

interface Question {
  readonly account: Account;
  readonly now: number;
  /** `undefined`: the usual ones. */
  readonly contentToRetrieve: readonly string[] | undefined;
}

function answer(request: Request, found: readonly ConversationRecord[], question: Question): object {
  const page = readHistoryPage(request);
  const { contentToRetrieve = DEFAULT_SECTIONS, account, now } = question;
  const asked = { account, now, sections: new Set(contentToRetrieve), isVersion2: page.isVersion2 };
  const address = `${request.protocol}://${callerHost(request)}${request.path}`;
  return {
    _metadata: pageMetadata(address, found.length, page),
    conversationHistoryRecords: pageOf(found, page).map((record) => historyRecord(record, asked)),
  };
}
