import { Router, type Request } from 'express';
import * as v from 'valibot';

import { CHAT_STATES } from '#protocol/connector/events';
import {
  AGENT_ACTS,
  EMULATOR_PERSONAS,
  FAULT_PRESETS,
  MOST_DELIVERIES,
  type AddFaultRequest,
  type AgentActRequest,
  type EmulatorAgent,
  type EmulatorDeliveries,
  type EmulatorFault,
  type EmulatorFaults,
  type EmulatorSettings,
} from '#protocol/emulator-controls';
import { asAppKey, asConversationId, isEmulatedAccount } from '#protocol/identifiers';

import { subjectOf, type SubjectDeps } from '../conversations/conversation-subject.ts';
import { BridgeError } from '../errors/bridge-error.ts';
import { pathParameter, queryParameter } from '../http/parameters.ts';
import { parseBody } from '../http/parse-body.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { ControlTarget, EmulatorControlClient, ToldFault } from '../upstream/emulator-control-client.ts';
import { controlOf } from './agent-acts.ts';
import { deliveriesFor } from './told-deliveries.ts';
import { isInForce, ruleOf, toFault } from './fault-presets.ts';

export interface EmulatorControlDeps extends SubjectDeps {
  readonly access: CloudAccess;
  readonly control: EmulatorControlClient;
}

const addFaultSchema = v.strictObject({
  preset: v.picklist(FAULT_PRESETS),
  count: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
}) satisfies v.GenericSchema<unknown, AddFaultRequest>;

const agentActSchema = v.variant('act', [
  v.strictObject({ act: v.picklist(AGENT_ACTS) }),
  v.strictObject({
    act: v.literal('say'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(5000)),
  }),
  v.strictObject({ act: v.literal('chat-state'), chatState: v.picklist(CHAT_STATES) }),
  v.strictObject({ act: v.literal('receipt'), status: v.picklist(['ACCEPT', 'READ']) }),
  v.strictObject({ act: v.literal('persona'), persona: v.picklist(EMULATOR_PERSONAS) }),
]) satisfies v.GenericSchema<unknown, AgentActRequest>;

/** Turns the emulator's knobs for accounts that it serves; for every other account there is nothing here. */
export function emulatorControlRoutes(deps: EmulatorControlDeps): Router {
  const router = Router();
  addFaultRoutes(router, deps);
  addDeliveryRoutes(router, deps);
  addSettingsRoutes(router, deps);

  router.get('/emulator/conversations/:id/agent', async (request, response) => {
    const session = deps.browser.requirePeek(request);
    const target = targetFor(session, deps);
    const id = asConversationId(pathParameter(request, 'id'));
    const { conversationId } = deps.conversations.find(session, id);
    const persona = await deps.control.persona(target, conversationId);
    response.json({ persona: persona ?? USUAL_PERSONA } satisfies EmulatorAgent);
  });

  router.post('/emulator/conversations/:id/agent', async (request, response) => {
    const target = targetOf(request, deps);
    const { conversation } = subjectOf(request, deps);
    const asked = parseBody(request, agentActSchema);
    await deps.control.control(target, conversation.conversationId, controlOf(asked));
    response.status(204).end();
  });

  return router;
}

/** Who answers where nobody has chosen. */
const USUAL_PERSONA = 'greeter';

/** More than are shown, so that the last try of an endpoint that is called seldom is among them. */
const MOST_ASKED_FOR = 5 * MOST_DELIVERIES;

function addDeliveryRoutes(router: Router, deps: EmulatorControlDeps): void {
  const { control } = deps;

  router.get('/emulator/deliveries', async (request, response) => {
    const target = peekedTarget(request, deps);
    const isFailedOnly = queryParameter(request, 'failed') === 'true';
    // Failures may be far between.
    const limit = isFailedOnly ? null : MOST_ASKED_FOR;
    const [deliveries, apps] = await Promise.all([control.deliveries(target, limit), control.apps(target)]);
    response.json(deliveriesFor({ deliveries, apps, isFailedOnly }) satisfies EmulatorDeliveries);
  });

  router.post('/emulator/deliveries/:id/redeliver', async (request, response) => {
    const target = targetOf(request, deps);
    await control.redeliver(target, tryOf(request));
    response.status(202).end();
  });

  router.post('/emulator/apps/:id/switch-on', async (request, response) => {
    const target = targetOf(request, deps);
    await control.switchOn(target, asAppKey(pathParameter(request, 'id')));
    response.status(204).end();
  });
}

const settingsSchema = v.strictObject({
  hasSurvey: v.boolean(),
}) satisfies v.GenericSchema<unknown, EmulatorSettings>;

function addSettingsRoutes(router: Router, deps: EmulatorControlDeps): void {
  router.get('/emulator/settings', async (request, response) => {
    const settings = await deps.control.settings(peekedTarget(request, deps));
    response.json(settings satisfies EmulatorSettings);
  });

  router.put('/emulator/settings', async (request, response) => {
    const target = targetOf(request, deps);
    await deps.control.set(target, parseBody(request, settingsSchema));
    response.status(204).end();
  });
}

/** The id of a try, as the list tells it. */
function tryOf(request: Request): string {
  const id = pathParameter(request, 'id');
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new BridgeError('invalid-request', 'The id of a try has letters, digits and dashes only.');
}

function addFaultRoutes(router: Router, deps: EmulatorControlDeps): void {
  const { control } = deps;
  const inForce = async (target: ControlTarget): Promise<readonly ToldFault[]> =>
    (await control.faults(target)).filter((fault) => isInForce(fault, target.account));

  router.get('/emulator/faults', async (request, response) => {
    const faults = await inForce(peekedTarget(request, deps));
    response.json({ faults: faults.map(toFault) } satisfies EmulatorFaults);
  });

  router.post('/emulator/faults', async (request, response) => {
    const target = targetOf(request, deps);
    const rule = ruleOf(parseBody(request, addFaultSchema), target.account);
    response.status(201).json(toFault(await control.addFault(target, rule)) satisfies EmulatorFault);
  });

  router.delete('/emulator/faults', async (request, response) => {
    const target = targetOf(request, deps);
    for (const { id } of await inForce(target)) await control.removeFault(target, id);
    response.status(204).end();
  });

  router.delete('/emulator/faults/:id', async (request, response) => {
    const target = targetOf(request, deps);
    const id = pathParameter(request, 'id');
    const isThere = (await inForce(target)).some((fault) => fault.id === id);
    // One that has happened for the last time meanwhile is what was asked for.
    if (isThere) await control.removeFault(target, id);
    response.status(204).end();
  });
}

/** @throws BridgeError when nobody is signed in, or the emulator does not serve the account */
const targetOf = (request: Request, deps: EmulatorControlDeps): ControlTarget =>
  targetFor(deps.browser.require(request), deps);

/** As {@link targetOf} for what a page asks for by itself while it is on the screen: that keeps nobody signed in. */
const peekedTarget = (request: Request, deps: EmulatorControlDeps): ControlTarget =>
  targetFor(deps.browser.requirePeek(request), deps);

/** @throws BridgeError when the emulator does not serve the account */
function targetFor({ account }: SignedIn, { access }: EmulatorControlDeps): ControlTarget {
  if (!isEmulatedAccount(account)) {
    throw new BridgeError('demo-unavailable', 'The emulator does not serve this account.');
  }
  return { origin: access.directoryOrigin(account), account };
}
