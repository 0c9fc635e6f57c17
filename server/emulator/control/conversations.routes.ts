import { Router } from 'express';
import type { Request } from 'express';
import * as v from 'valibot';

import { EMULATOR_PERSONAS } from '#protocol/emulator-controls';
import { asConversationId, asDialogId } from '#protocol/identifiers';

import { accountRefusal } from '../api/upstream-error.ts';
import type { Account } from '../state/account-state.ts';
import type { AccountUser } from '../state/account-users.ts';
import type { Accounts } from '../state/accounts.ts';
import type { Accepted, ConversationCommand } from '../state/conversation-commands.ts';
import { assignedAgentOf, dialogOf, participantOf } from '../state/conversation-state.ts';
import type { ConversationState } from '../state/conversation-state.ts';
import { agentForSkill } from '../state/staff.ts';
import { eventOf, sayingSchema } from './agent-saying.ts';
import { controlBody, queryChoice, queryNumber, namedAccount } from './control-request.ts';

const joinSchema = v.strictObject({
  agent: v.exactOptional(v.string()),
  role: v.optional(
    v.picklist(['ASSIGNED_AGENT', 'MANAGER', 'READER', 'CONTROLLER', 'AGENT']),
    'ASSIGNED_AGENT',
  ),
});
const leaveSchema = v.strictObject({ agent: v.exactOptional(v.string()) });
const transferSchema = v.strictObject({ skillId: v.pipe(v.string(), v.regex(/^(-1|\d{1,10})$/)) });
const closeSchema = v.strictObject({
  by: v.optional(v.picklist(['AGENT', 'MANAGER', 'SYSTEM', 'CONSUMER']), 'AGENT'),
  /** Left out: the MAIN dialog. */
  dialogId: v.exactOptional(v.string()),
  cause: v.optional(v.nullable(v.string()), null),
  /** All dialogs at once, so that no survey follows. */
  everything: v.optional(v.boolean(), false),
});

const personaSchema = v.strictObject({ persona: v.nullable(v.picklist(EMULATOR_PERSONAS)) });

const MOST_LISTED = 500;

type ConversationRequest = Request<{ account: string; conversation: string }>;
interface Place {
  readonly account: Account;
  readonly conversation: ConversationState;
}

/** Plays agents and managers by hand. Everything goes the way of what agents do: same rules, same webhooks. */
export function conversationControlRoutes(accounts: Accounts): Router {
  const router = Router();
  routeReading(router, accounts);
  routeSaying(router, accounts);
  routeMoving(router, accounts);
  routePersona(router, accounts);
  return router;
}

const ONE = '/accounts/:account/conversations/:conversation';

function routeReading(router: Router, accounts: Accounts): void {
  router.get('/accounts/:account/conversations', (request, response) => {
    const { conversations } = namedAccount(accounts, request);
    const stage = queryChoice(request, 'stage', ['OPEN', 'CLOSE']);
    const limit = Math.min(queryNumber(request, 'limit') ?? 100, MOST_LISTED);
    const listed = conversations.list().filter((each) => stage === undefined || each.stage === stage);
    response.json({ total: listed.length, conversations: listed.reverse().slice(0, limit) });
  });

  router.get(ONE, (request, response) => {
    response.json(placeOf(accounts, request).conversation);
  });
}

function routeSaying(router: Router, accounts: Accounts): void {
  router.post(`${ONE}/say`, (request, response) => {
    const saying = controlBody(request, sayingSchema);
    const place = placeOf(accounts, request);
    const speaker = speakerOf(place, saying.agent ?? null);
    const { account, conversation } = place;
    const dialogId = asDialogId(saying.dialogId ?? conversation.id);
    const event = eventOf(saying, consumerSequences(account, conversation, dialogId));
    if (!event) throw accountRefusal(409, 'The consumer has written nothing yet that could be accepted');
    const { sequence } = execute(place, {
      type: 'publish',
      by: speaker.userPid,
      dialogId,
      event,
      audience: saying.isPrivate ? 'AGENTS_AND_MANAGERS' : 'ALL',
      ...(saying.metadata && { metadata: saying.metadata }),
    });
    response.status(201).json({ sequence, by: speaker.loginName });
  });
}

function routeMoving(router: Router, accounts: Accounts): void {
  router.post(`${ONE}/join`, (request, response) => {
    const { agent, role } = controlBody(request, joinSchema);
    const place = placeOf(accounts, request);
    const user = agent === undefined ? servingAgent(place) : userOf(place.account, agent);
    response.json(execute(place, { type: 'join', participant: { id: user.userPid, role } }).state);
  });

  router.post(`${ONE}/leave`, (request, response) => {
    const { agent } = controlBody(request, leaveSchema);
    const place = placeOf(accounts, request);
    const { userPid } = agent === undefined ? ownerOf(place) : userOf(place.account, agent);
    response.json(execute(place, { type: 'leave', participantId: userPid }).state);
  });

  router.post(`${ONE}/transfer`, (request, response) => {
    const { skillId } = controlBody(request, transferSchema);
    response.json(execute(placeOf(accounts, request), { type: 'change-skill', skillId }).state);
  });

  router.post(`${ONE}/close`, (request, response) => {
    const { by, cause, everything, dialogId } = controlBody(request, closeSchema);
    const place = placeOf(accounts, request);
    const command: ConversationCommand = everything
      ? { type: 'close', by, cause, survey: null }
      : { type: 'close-dialog', dialogId: asDialogId(dialogId ?? place.conversation.id), by, cause };
    response.json(execute(place, command).state);
  });
}

function routePersona(router: Router, accounts: Accounts): void {
  router.get(`${ONE}/persona`, (request, response) => {
    const { account, conversation } = placeOf(accounts, request);
    response.json({ persona: account.personas.get(conversation.id) ?? account.settings.persona });
  });

  router.put(`${ONE}/persona`, (request, response) => {
    const { persona } = controlBody(request, personaSchema);
    const { account, conversation } = placeOf(accounts, request);
    if (persona === null) account.personas.delete(conversation.id);
    else account.personas.set(conversation.id, persona);
    response.json({ persona });
  });
}

function placeOf(accounts: Accounts, request: ConversationRequest): Place {
  const account = namedAccount(accounts, request);
  const { conversation: id } = request.params;
  const conversation = account.conversations.get(asConversationId(id));
  if (!conversation) throw accountRefusal(404, `There is no conversation ${id}`);
  return { account, conversation };
}

function execute({ account, conversation }: Place, command: ConversationCommand): Accepted {
  const decision = account.conversations.execute(conversation.id, command);
  if (decision.outcome === 'accepted') return decision;
  const reason = decision.outcome === 'refused' ? decision.reason : 'unknown-conversation';
  throw accountRefusal(409, `The conversation does not allow that: ${reason}`);
}

/** Who speaks: whoever is named, else the owner. A conversation that nobody owns is taken first. */
function speakerOf(place: Place, named: string | null): AccountUser {
  const owner = assignedAgentOf(place.conversation);
  if (!owner) {
    const user = named === null ? servingAgent(place) : userOf(place.account, named);
    const isThere = participantOf(place.conversation.dialogs[0], user.userPid);
    if (!isThere) execute(place, { type: 'join', participant: { id: user.userPid, role: 'ASSIGNED_AGENT' } });
    return user;
  }
  return named === null ? ownerOf(place) : userOf(place.account, named);
}

const servingAgent = ({ account, conversation }: Place): AccountUser =>
  agentForSkill(account.staff, conversation.skillId);

function ownerOf({ account, conversation }: Place): AccountUser {
  const owner = assignedAgentOf(conversation);
  if (!owner) throw accountRefusal(409, 'Nobody owns the conversation');
  return userOf(account, owner.id);
}

function userOf({ users }: Account, name: string): AccountUser {
  const user = users.find(({ loginName, userPid }) => loginName === name || userPid === name);
  if (!user) throw accountRefusal(404, `The account has no user ${name}`);
  return user;
}

function consumerSequences(
  account: Account,
  conversation: ConversationState,
  dialogId: string,
): readonly number[] {
  if (!dialogOf(conversation, asDialogId(dialogId))) return [];
  const messages = account.history.get(conversation.id)?.messages ?? [];
  return messages
    .filter((message) => message.isByConsumer && message.dialogId === dialogId)
    .map(({ sequence }) => sequence);
}
