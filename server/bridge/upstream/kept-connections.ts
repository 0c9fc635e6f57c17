/**
 * For Node's agents: connections are kept for the next call, but given up before the service ends them. With a time limit of
 * its own an agent heeds the one that a service announces; without, a call could leave on a connection that is just ending, and
 * nobody would know whether it arrived.
 */
export const KEPT_CONNECTIONS = { keepAlive: true, timeout: 30_000 } as const;
