// A connector in one file, with what Node (20 or newer) brings. See docs/emulator.md.
// NODE_EXTRA_CA_CERTS=data/emulator/ca.pem node docs/examples/connector.mjs localhost:8284
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const [directory = 'localhost:8284', account = 'demo'] = process.argv.slice(2);
const path = `/api/account/${account}`;

async function call(method, url, headers, body) {
  const isForm = body instanceof URLSearchParams;
  const typed = isForm ? headers : { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method, headers: typed, body: isForm ? body : JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return { headers: response.headers, body: text && JSON.parse(text) };
}

// 1. The directory says where everything is. An administrator signs in and reads the connector's app.
const { baseURIs } = (await call('GET', `https://${directory}${path}/service/baseURI.json?version=1.0`)).body;
const at = (name) => `https://${baseURIs.find(({ service }) => service === name).baseURI}`;
const administrator = { username: 'admin', password: 'demo-admin' };
const login = await call('POST', `${at('agentVep')}${path}/login?v=1.3`, {}, administrator);
const bearer = { authorization: `Bearer ${login.body.bearer}` };
const installations = `${at('accountConfigReadWrite')}${path}/configuration/app-install/installations`;
const listed = await call('GET', `${installations}?v=1.0`, bearer);
const app = listed.body.find(({ enabled, scope }) => enabled && scope === 'msg.consumer');

// 2. Webhooks: the signature is checked over the bytes as they came; the app's endpoints lead here.
const changes = [];
let wrong = 0;
const receiver = createServer(async (incoming, response) => {
  const raw = Buffer.concat(await incoming.toArray());
  const given = String(incoming.headers['x-liveperson-signature']);
  const algorithm = given.startsWith('sha256=') ? 'sha256' : 'sha1';
  const right = `${algorithm}=${createHmac(algorithm, app.client_secret).update(raw).digest('base64')}`;
  const isRight = given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
  response.writeHead(isRight ? 200 : 401).end();
  if (isRight) changes.push(...JSON.parse(raw).body.changes);
  else wrong += 1;
  if (!isRight) console.error(`wrong signature: ${given} instead of ${right}`);
  receiver.emit('webhook');
}).listen(0);
await once(receiver, 'listening');
const { retry, ...endpoints } = app.capabilities.webhooks;
for (const webhook of Object.values(endpoints))
  webhook.endpoint = `http://localhost:${receiver.address().port}/`;
const revision = { 'if-match': listed.headers.get('ac-revision') };
await call('PUT', `${installations}/${app.id}?v=1.0`, { ...bearer, ...revision }, app);

// 3. The app's token, good for an hour, and the consumer's, good for ever.
const secrets = new URLSearchParams({ client_id: app.client_id, client_secret: app.client_secret });
const tokenUrl = `${at('sentinel')}/sentinel${path}/app/token?v=1.0&grant_type=client_credentials`;
const appToken = await call('POST', tokenUrl, {}, secrets);
const authorization = appToken.body.access_token;
const consumer = { ext_consumer_id: randomUUID() };
const consumerToken = await call('POST', `${at('idp')}${path}/consumer?v=1.0`, { authorization }, consumer);
const tokens = { authorization, 'x-lp-on-behalf': consumerToken.body.token };

// 4. Open, send, wait for the agent's answer, tell that it was read, close.
const conversations = `${at('asyncMessagingEnt')}${path}/messaging/consumer/conversation`;
const req = (type, body) => ({ kind: 'req', id: randomUUID(), type, body });
const opened = await call('POST', `${conversations}?v=3`, tokens, [
  req('userprofile.SetUserProfile', { firstName: 'Ada' }),
  req('cm.ConsumerRequestConversation', { brandId: account }),
]);
const { conversationId } = opened.body[1].body;
const send = (type, body) => call('POST', `${conversations}/send?v=3`, tokens, req(type, body));
const publish = (event) => send('ms.PublishEvent', { dialogId: conversationId, conversationId, event });
const arrival = async (isMeant) => {
  while (!changes.some(isMeant)) await once(receiver, 'webhook');
  return changes.find(isMeant);
};
await publish({ type: 'ContentEvent', contentType: 'text/plain', message: 'Grüße 👋' });
const answer = await arrival(
  (change) =>
    change.conversationId === conversationId &&
    change.originatorMetadata.role === 'ASSIGNED_AGENT' &&
    change.event.type === 'ContentEvent',
);
await publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [answer.sequence] });
const conversationField = { field: 'ConversationStateField', conversationState: 'CLOSE' };
await send('cm.UpdateConversationField', { conversationId, conversationField });
const { result } = await arrival(
  ({ result }) => result?.convId === conversationId && result.conversationDetails.stage === 'CLOSE',
);

console.log(`conversation ${conversationId}`);
console.log(`the agent said ${answer.event.message}`);
console.log(`closed by ${result.conversationDetails.closeReason}`);
console.log(`signatures: ${changes.length} right, ${wrong} wrong`);
receiver.close();
