// Receives webhooks for connector.sh: checks each signature and prints the right ones, one a line.
// node docs/examples/receiver.mjs APP_SECRET
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const [secret] = process.argv.slice(2);
const receiver = createServer(async (incoming, response) => {
  const raw = Buffer.concat(await incoming.toArray());
  const given = String(incoming.headers['x-liveperson-signature']);
  const algorithm = given.startsWith('sha256=') ? 'sha256' : 'sha1';
  const right = `${algorithm}=${createHmac(algorithm, secret).update(raw).digest('base64')}`;
  const isRight = given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
  response.writeHead(isRight ? 200 : 401).end();
  console.log(isRight ? `signed ${raw}` : 'wrong signature');
  if (!isRight) console.error(`wrong signature: ${given} instead of ${right}`);
}).listen(0, () => console.log(`listening on ${receiver.address().port}`));
