import { DEFAULT_CONVERSATION_OPTIONS } from '#protocol/bridge-api';
import { asAccountId, asAppKey, asConsumerId, asConversationId, asUserId } from '#protocol/identifiers';

import { conversationChange, textChange } from '../../testing/notifications.ts';
import { ConversationRegistry } from '../conversations/conversation-registry.ts';
import { createLogger } from '../logging/loggers.ts';
import { openBridgeDatabase } from '../storage/bridge-database.ts';
import { ownerOf } from './notification-owner.ts';

type Change = Parameters<typeof ownerOf>[2];

describe('the owner of an event', () => {
  const account = asAccountId('demo');
  const owner = asUserId('kim-the-admin');
  let registry: ConversationRegistry;
  beforeEach(() => {
    registry = new ConversationRegistry(
      openBridgeDatabase(':memory:', { log: createLogger({ level: 'silent' }) }),
    );
    registry.registerConsumer({ account, owner }, asConsumerId('consumer-1'));
  });
  const find = (change: unknown): string | null => ownerOf(registry, account, change as Change);

  it('is that of its consumer, and from then on that of all events of the conversation', () => {
    expect(find(textChange({ conversationId: 'c1' }))).toBeNull();
    expect(find(conversationChange('c1', 'consumer-1'))).toBe(owner);
    expect(find(textChange({ conversationId: 'c1' }))).toBe(owner);
    expect(registry.ownerOfConversation(account, asConversationId('c1'))).toBe(owner);
  });

  it('is whoever opened the conversation, also when somebody else tried to as the same consumer meanwhile', () => {
    const conversationId = asConversationId('c1');
    const consumerId = asConsumerId('consumer-1');
    registry.registerConsumer({ account, owner: asUserId('lee-the-admin') }, consumerId);
    expect(find(conversationChange('c1', 'consumer-1'))).toBe('lee-the-admin');

    const consumer = { name: 'Kim', externalId: 'kim', consumerId };
    const options = DEFAULT_CONVERSATION_OPTIONS;
    registry.add(
      { account, owner },
      { conversationId, appKey: asAppKey('app'), consumer, options, openedAt: 1 },
    );

    expect(find(textChange({ conversationId: 'c1' }))).toBe(owner);
  });

  it('is found by the consumer’s own message, never by the same id in another role', () => {
    const own = { originatorId: 'consumer-1', conversationId: 'c2' };

    expect(find(textChange({ ...own, role: 'ASSIGNED_AGENT' }))).toBeNull();
    expect(find(textChange({ ...own, role: 'CONSUMER' }))).toBe(owner);
  });

  it('is nobody for participants that are none, and for events of unknown form', () => {
    const withParticipants = (participants: unknown): unknown => {
      const change = conversationChange('c3', 'consumer-1');
      const conversationDetails = { ...change.result.conversationDetails, participants };
      return { ...change, result: { ...change.result, conversationDetails } };
    };

    expect(find(withParticipants('kim'))).toBeNull();
    expect(
      find(withParticipants([null, 'kim', { role: 'CONSUMER' }, { role: 'CONSUMER', id: 7 }])),
    ).toBeNull();
    expect(find(withParticipants([{ id: 'consumer-1', role: 'MANAGER' }]))).toBeNull();
    expect(find({ anything: true })).toBeNull();
  });
});
