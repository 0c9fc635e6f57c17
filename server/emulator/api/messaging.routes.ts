import { Router } from 'express';
import type { Request } from 'express';
import * as v from 'valibot';

import { MAX_REQUEST_CHARACTERS } from '#protocol/connector/publish-request';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import type { FileUrls } from '../state/file-urls.ts';
import type { CloudTokens } from '../tokens/cloud-tokens.ts';
import { accountOf } from './account-of.ts';
import { authenticateConnector } from './connector-gateway.ts';
import type { ConnectorCaller } from './connector-gateway.ts';
import { connectorRequestSchema, requestIdOf } from './connector-request.ts';
import type { ConnectorRequest, RequestResult } from './connector-request.ts';
import { answerDownloadUrl, answerUploadUrl } from './file-url-request.ts';
import { answerOpening, answerProfile } from './open-requests.ts';
import { answerPublish, isHostedFile } from './publish-request.ts';
import { queryText } from './query.ts';
import { bodyText, jsonBody, parsedJson } from './request-body.ts';
import { answerUpdateField } from './update-field-request.ts';
import { accountRefusal, badConnectorRequest, gatewayRefusal } from './upstream-error.ts';
import type { Refusal } from './upstream-error.ts';

export interface MessagingDeps {
  readonly accounts: Accounts;
  readonly tokens: CloudTokens;
  readonly clock: Clock;
  readonly fileUrls: FileUrls;
  readonly settings: CloudSettings;
}

const CONVERSATION = '/api/account/:account/messaging/consumer/conversation';

/** The Connector API. @see PROTOCOL.md §6 */
export function messagingRoutes(deps: MessagingDeps): Router {
  const { accounts, tokens, settings } = deps;
  const router = Router();

  router.post(CONVERSATION, async (request, response) => {
    const account = accountOf(accounts, request);
    requireVersion(request);
    const caller = await authenticateConnector(request, { account, tokens, requestId: undefined });
    const requests = jsonBody(request, refuseBody);
    if (settings.accountConfigurationDown) throw gatewayRefusal(50201);
    if (!Array.isArray(requests) || requests.length === 0) throw badConnectorRequest(requestIdOf(requests));
    const results = answerOpening(account, caller, requests);
    response.status(results.every(isOk) ? 200 : 400).json(results);
  });

  router.post(`${CONVERSATION}/send`, async (request, response) => {
    const account = accountOf(accounts, request);
    requireVersion(request);
    const requestId = requestIdOf(parsedJson(bodyText(request)));
    const caller = await authenticateConnector(request, { account, tokens, requestId });
    const result = answerSend(deps, account, caller, requestToSend(request));
    response.status(isOk(result) ? 200 : 400).json(result);
  });

  return router;
}

const isOk = ({ code }: RequestResult): boolean => code === 'OK';

const refuseBody = (status: 400 | 415, message: string): Refusal =>
  status === 415 ? accountRefusal(status, message) : badConnectorRequest();

/** Any other version is answered 404. @see PROTOCOL.md §6.1 */
function requireVersion(request: Request): void {
  if (queryText(request, 'v') !== '3') throw accountRefusal(404, 'There is no such version of the API');
}

function requestToSend(request: Request): ConnectorRequest {
  const value = jsonBody(request, refuseBody);
  const wanted = v.safeParse(connectorRequestSchema, value);
  if (!wanted.success) throw badConnectorRequest(requestIdOf(value));
  const isTooLong = bodyText(request).length > MAX_REQUEST_CHARACTERS && !isHostedFile(wanted.output);
  if (isTooLong) throw badConnectorRequest(wanted.output.id);
  return wanted.output;
}

function answerSend(
  { clock, fileUrls }: MessagingDeps,
  account: Account,
  caller: ConnectorCaller,
  request: ConnectorRequest,
): RequestResult {
  switch (request.type) {
    case 'ms.PublishEvent':
      return answerPublish(account, caller, request);
    case 'cm.UpdateConversationField':
      return answerUpdateField(account, caller, request);
    case 'userprofile.SetUserProfile':
      return answerProfile(account, caller, request);
    case 'ms.GenerateURLForUploadFile':
      return answerUploadUrl({ account, fileUrls, now: clock.now() }, caller, request);
    case 'ms.GenerateURLForDownloadFile':
      return answerDownloadUrl({ account, fileUrls }, request);
    default:
      throw badConnectorRequest(request.id);
  }
}
