import { createHmac } from 'node:crypto';

import { asAccountId, asAppKey } from '#protocol/identifiers';

import { notification, textChange } from '../../testing/notifications.ts';
import { TEST_SECRET } from '../../testing/start-bridge.ts';
import { ConversationRegistry } from '../conversations/conversation-registry.ts';
import { MessageEchoes } from '../conversations/message-echoes.ts';
import { MessageOutcomes } from '../conversations/message-outcomes.ts';
import { SendLedger } from '../conversations/send-ledger.ts';
import { CheckArrivals } from '../endpoint-checks/check-arrivals.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { AppSecrets } from '../installations/app-secrets.ts';
import { createLogger } from '../logging/loggers.ts';
import { openBridgeDatabase } from '../storage/bridge-database.ts';
import { createSeal } from '../storage/seal.ts';
import { Notifications } from './notifications.ts';
import { USUAL_SIGNATURES } from './signature-forms.ts';

const log = createLogger({ level: 'silent' });
const account = asAccountId('demo');
const appKey = asAppKey('app-1');

describe('a webhook that cannot be stored', () => {
  it('is not acknowledged', async () => {
    const database = openBridgeDatabase(':memory:', { log });
    const secrets = new AppSecrets(database, createSeal(TEST_SECRET, 'app-secrets'));
    secrets.remember(account, [
      {
        id: appKey,
        client_id: appKey,
        client_name: 'A',
        client_secret: 's3cret',
        client_id_issued_at: 0,
        enabled: true,
      },
    ]);
    const store = new SqliteEventStore({ path: ':memory:', log });
    const registry = new ConversationRegistry(database);
    const ledger = new SendLedger(database);
    const outcomes = new MessageOutcomes({ ledger, store, log });
    const echoes = new MessageEchoes({ ledger, outcomes, log });
    const notifications = new Notifications({
      ...{ secrets, registry, store, witnesses: [echoes], log, now: Date.now },
      checks: new CheckArrivals(Date.now),
      rotated: { look: () => Promise.resolve(false) },
      ...{ signatures: USUAL_SIGNATURES, mode: 'strict' },
    });
    const body = Buffer.from(notification([textChange()]));
    const signature = `sha1=${createHmac('sha1', 's3cret').update(body).digest('base64')}`;
    const headers = {
      'x-liveperson-account-id': account,
      'x-liveperson-client-id': appKey,
      'x-liveperson-signature': signature,
    };
    expect(await notifications.receive({ id: 'd1', headers, body })).toEqual({ isTaken: true });
    await store[Symbol.asyncDispose]();

    await expectAsync(notifications.receive({ id: 'd1', headers, body })).toBeRejectedWith(
      jasmine.objectContaining({ code: 'store-unavailable' }),
    );
    database.close();
  });
});
