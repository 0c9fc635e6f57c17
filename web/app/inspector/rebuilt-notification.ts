import type { NotificationReceived } from '#protocol/bridge-events';

/** The notification that brought these changes: the log keeps the changes of one webhook apart. */
export const rebuiltNotification = (received: readonly NotificationReceived[]) => ({
  kind: 'notification',
  type: received[0]?.type ?? '',
  body: { changes: received.map(({ change }) => change) },
});
