import type { Problem, ProblemCode } from '#protocol/problem';

import type { BridgeError } from './bridge-error.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

const kind = (status: number, title: string): ProblemKind => ({ status, title });

/** What every refusal is called and which status it has; the compiler asks for the missing row. */
export const PROBLEM_KINDS = {
  'invalid-request': kind(400, 'The request is not valid'),
  'invalid-json': kind(400, 'The body is no valid JSON'),
  'payload-too-large': kind(413, 'The body is too large'),
  'unsupported-media-type': kind(415, 'The body has an unsupported type'),
  'not-found': kind(404, 'There is nothing here'),
  'not-signed-in': kind(401, 'Nobody is signed in'),
  'session-expired': kind(401, 'The session has ended'),
  'cross-site': kind(403, 'The request came from another site'),
  'host-not-allowed': kind(421, 'This host name is not served here'),
  'too-many-requests': kind(429, 'Too many requests'),
  'too-many-streams': kind(429, 'Too many event streams are open'),
  'too-many-sends': kind(429, 'Too many messages wait to be sent'),
  'wrong-credentials': kind(401, 'The login name or the password is wrong'),
  'not-administrator': kind(403, 'This user is not an administrator'),
  'account-locked': kind(403, 'The account or the user is blocked'),
  'unknown-account': kind(404, 'There is no such account'),
  'directory-unreachable': kind(502, 'The service directory does not answer'),
  'service-missing': kind(502, 'The account lacks a service'),
  'unknown-app': kind(404, 'There is no such app'),
  'app-disabled': kind(409, 'The app is disabled'),
  'duplicate-name': kind(409, 'There is an app with this name already'),
  'revision-conflict': kind(409, 'Somebody else changed this in the meantime'),
  'token-refused': kind(502, 'The cloud gave the app no token'),
  'message-too-long': kind(422, 'The message is too long for the cloud'),
  'unknown-conversation': kind(404, 'There is no such conversation'),
  'conversation-closed': kind(409, 'The conversation is closed'),
  'already-open': kind(409, 'The consumer has an open conversation already'),
  'upstream-session-ended': kind(401, 'The session in the cloud has ended'),
  'upstream-rejected': kind(422, 'The cloud refused the request'),
  'upstream-throttled': kind(503, 'The cloud asks to slow down'),
  'upstream-unreachable': kind(502, 'The cloud cannot be reached'),
  'upstream-timeout': kind(504, 'The cloud did not answer in time'),
  'upstream-failed': kind(502, 'The cloud failed'),
  'answer-lost': kind(504, 'The answer got lost'),
  'stopped-before-sending': kind(503, 'The bridge stopped before this was sent'),
  'signature-refused': kind(401, 'The notification was refused'),
  'file-url-refused': kind(502, 'The file storage refused the address'),
  'file-missing': kind(404, 'The file is gone'),
  'redelivery-refused': kind(409, 'The webhook cannot be redelivered'),
  'unknown-delivery': kind(404, 'The webhook is no longer known'),
  'store-unavailable': kind(503, 'The bridge cannot store anything now'),
  'demo-unavailable': kind(404, 'The emulator is off'),
  internal: kind(500, 'The bridge failed'),
} as const satisfies Record<ProblemCode, ProblemKind>;

/** The body that tells of a failure. Carries nothing that the error's author did not mean for the browser. */
export function toProblem(error: BridgeError, requestId: string): Problem {
  const { status, title } = PROBLEM_KINDS[error.code];
  return {
    code: error.code,
    status,
    title,
    detail: error.message,
    requestId,
    ...(error.upstream && { upstream: error.upstream }),
    ...(error.fields && { fields: error.fields }),
  };
}
