// A connector that knows nothing of this project: HTTPS calls as the vendor documents them, and a receiver of webhooks.
// node plain-connector.mjs DIRECTORY_HOST CA_FILE
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';

const [directory, caFile] = process.argv.slice(2);
const ca = readFileSync(caFile);
const account = '/api/account/demo';
async function call(method, url, headers = {}, body = '') {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const sending = request(url, {
    method,
    ca,
    headers: { 'content-type': 'application/json', ...headers },
  }).end(bytes);
  const [response] = await once(sending, 'response');
  const text = Buffer.concat(await response.toArray()).toString();
  if (response.statusCode >= 300) throw new Error(`${method} ${url}: ${response.statusCode} ${text}`);
  return {
    headers: response.headers,
    text,
    json: /json/.test(response.headers['content-type']) ? JSON.parse(text) : null,
  };
}
const received = [];
let app;
const receiver = createServer(async (incoming, answer) => {
  const raw = Buffer.concat(await incoming.toArray());
  const isSigned =
    incoming.headers['x-liveperson-signature'] ===
    `sha1=${createHmac('sha1', app.client_secret).update(raw).digest('base64')}`;
  if (isSigned) received.push(...JSON.parse(raw.toString()).body.changes);
  answer.writeHead(isSigned ? 200 : 401).end(() => receiver.emit('webhook'));
}).listen(0, '127.0.0.1');
const arrival = async (fits) => {
  while (!received.some(fits)) await once(receiver, 'webhook');
  return received.find(fits);
};

await once(receiver, 'listening');
const { baseURIs } = (await call('GET', `https://${directory}${account}/service/baseURI.json?version=1.0`))
  .json;
const at = (service) => `https://${baseURIs.find((entry) => entry.service === service).baseURI}`;
const login = (
  await call(
    'POST',
    `${at('agentVep')}${account}/login?v=1.3`,
    {},
    { username: 'admin', password: 'demo-admin' },
  )
).json;
const bearer = { authorization: `Bearer ${login.bearer}` };
const installations = `${at('accountConfigReadWrite')}${account}/configuration/app-install/installations`;
const listed = await call('GET', `${installations}?v=1.0`, bearer);
app = listed.json.find(({ enabled, scope }) => enabled && scope === 'msg.consumer');
const endpoint = { endpoint: `http://127.0.0.1:${receiver.address().port}/`, max_retries: 3 };
const events = Object.keys(app.capabilities.webhooks).filter((name) => /Notification/.test(name));
const webhooks = Object.fromEntries(events.map((name) => [name, endpoint]));
await call(
  'PUT',
  `${installations}/${app.id}?v=1.0`,
  { ...bearer, 'if-match': listed.headers['ac-revision'] },
  { ...app, capabilities: { webhooks } },
);
const form = new URLSearchParams({
  client_id: app.client_id,
  client_secret: app.client_secret,
  grant_type: 'client_credentials',
}).toString();
const appToken = (
  await call(
    'POST',
    `${at('sentinel')}/sentinel${account}/app/token?v=1.0`,
    { 'content-type': 'application/x-www-form-urlencoded' },
    form,
  )
).json.access_token;
const consumer = (
  await call(
    'POST',
    `${at('idp')}${account}/consumer?v=1.0`,
    { authorization: appToken },
    { ext_consumer_id: randomUUID() },
  )
).json.token;
const tokens = { authorization: appToken, 'x-lp-on-behalf': consumer };
const conversations = `${at('asyncMessagingEnt')}${account}/messaging/consumer/conversation`;
const req = (id, type, body) => ({ kind: 'req', id, type, body });
const send = async (type, body) =>
  (await call('POST', `${conversations}/send?v=3`, tokens, req('1,', type, body))).json.body;
const opened = await call('POST', `${conversations}?v=3`, tokens, [
  req('1,', 'userprofile.SetUserProfile', { firstName: 'Ada' }),
  req('2,', 'cm.ConsumerRequestConversation', { brandId: 'demo' }),
]);
const { conversationId } = opened.json[1].body;
const publish = (event) => send('ms.PublishEvent', { dialogId: conversationId, event });
await publish({
  type: 'ContentEvent',
  contentType: 'text/plain',
  message: 'Is my order José 👋 on its way?',
});
const upload = await send('ms.GenerateURLForUploadFile', { fileSize: '4', fileType: 'PNG' });
await call(
  'PUT',
  `${at('swift')}${upload.relativePath}?${new URLSearchParams(upload.queryParams)}`,
  { 'content-type': 'image/png' },
  Buffer.from('data'),
);
await publish({
  type: 'ContentEvent',
  contentType: 'hosted/file',
  message: { caption: 'cat', relativePath: upload.relativePath, fileType: 'PNG' },
});
const download = await send('ms.GenerateURLForDownloadFile', { relativePath: upload.relativePath });
const file = await call(
  'GET',
  `${at('swift')}${upload.relativePath}?${new URLSearchParams(download.queryParams)}`,
);
const answered = await arrival(
  ({ event, originatorMetadata }) =>
    event?.type === 'ContentEvent' && originatorMetadata.role === 'ASSIGNED_AGENT',
);
await publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [answered.sequence] });
await send('cm.UpdateConversationField', {
  conversationId,
  conversationField: { field: 'ConversationStateField', conversationState: 'CLOSE' },
});
const closed = await arrival(({ result }) => result?.conversationDetails.stage === 'CLOSE');
const history = await call(
  'POST',
  `${at('msgHist')}/messaging_history${account}/conversations/conversation/search?v=2`,
  bearer,
  { conversationId, contentToRetrieve: ['messageRecords'] },
);
const [record] = history.json.conversationHistoryRecords;
console.log(
  JSON.stringify({
    file: file.text,
    said: record.messageRecords[0].messageData.msg.text,
    answer: answered.event.message,
    closedBy: closed.result.conversationDetails.closeReason,
    status: record.info.status,
    remembered: record.messageRecords.map(({ type }) => type),
  }),
);
receiver.close();
