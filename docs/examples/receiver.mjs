// Receives webhooks for connector.sh: checks each signature and prints the right ones, one a line.
// node docs/examples/receiver.mjs APP_SECRET
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const [secret] = process.argv.slice(2);
const receiver = createServer(async (incoming, response) => {
  const raw = Buffer.concat(await incoming.toArray());
  const right = `sha1=${createHmac('sha1', secret).update(raw).digest('base64')}`;
  const isRight = incoming.headers['x-liveperson-signature'] === right;
  response.writeHead(isRight ? 200 : 401).end();
  console.log(isRight ? `signed ${raw}` : 'wrong signature');
}).listen(0, () => console.log(`listening on ${receiver.address().port}`));
