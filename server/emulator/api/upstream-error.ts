/** A call that the cloud refuses, with the body it refuses with. Thrown anywhere in a route, sent at the edge. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

const RESPONSE_STATUS: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'REQUEST_ENTITY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  428: 'PRECONDITION_REQUIRED',
  451: 'UNAVAILABLE_FOR_LEGAL_REASONS',
  500: 'INTERNAL_SERVER_ERROR',
  501: 'NOT_IMPLEMENTED',
};

export interface AccountErrorDetails {
  /** The vendor's number for it; unsourced but for the CSRF refusal. */
  readonly internalCode?: number;
  /** `Sep 22, 2016 4:10:15 PM`; login service only. */
  readonly time?: string;
}

/** Error envelope of login and account configuration. @see PROTOCOL.md §2.1, §4.1 */
export function accountError(status: number, message: string, details: AccountErrorDetails = {}): unknown {
  const { internalCode = status, time } = details;
  const responseStatus = RESPONSE_STATUS[status] ?? String(status);
  return { error: { ...(time !== undefined && { time }), message, internalCode, responseStatus } };
}

export const accountRefusal = (status: number, message: string, details: AccountErrorDetails = {}): Refusal =>
  new Refusal(status, accountError(status, message, details));

/** Error of the token endpoint. @see PROTOCOL.md §5.1 */
export const oauthRefusal = (status: number, error: string, description: string): Refusal =>
  new Refusal(status, { error, error_description: description });

/** Refusal of one request of the Connector API, "family A". @see PROTOCOL.md §6.6 */
export const badConnectorRequest = (requestId?: string): Refusal =>
  new Refusal(400, {
    ...(requestId !== undefined && { reqId: requestId }),
    code: 'BAD_REQUEST',
    body: { msg: 'Bad Request' },
  });

const GATEWAY_ERRORS = {
  40001: { status: 400, title: 'Missing parameter', details: 'Brand Id is missing' },
  40102: { status: 401, title: 'Invalid AppJWT', details: 'AppJWT has expired or is invalid' },
  40103: { status: 401, title: 'Invalid ConsumerJWS', details: 'ConsumerJWS is invalid' },
  40104: { status: 401, title: 'ConsumerJWS is missing', details: 'X_ON_BEHALF_HEADER is not present' },
  40105: { status: 401, title: 'AppJWT is missing', details: 'AUTHORIZATION header is not present' },
  50201: {
    status: 502,
    title: 'Unable to access resource',
    details: 'Failed to connect to AC for setting delay',
  },
} as const;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

/** Refusal of the gateway in front of the Connector API, "family B". @see PROTOCOL.md §6.6 */
export function gatewayRefusal(errorCode: GatewayErrorCode, requestId?: string): Refusal {
  const { status, title, details } = GATEWAY_ERRORS[errorCode];
  return new Refusal(status, {
    kind: 'resp',
    ...(requestId !== undefined && { reqId: requestId }),
    code: status,
    body: { title, details, errorCode },
    type: '.ReqBody$ErrorResp',
  });
}

/** For what the real cloud does and the emulator does not: never a silent success. */
export const notModelled = (missing: string): Refusal =>
  new Refusal(501, {
    error: {
      message: `The emulator does not model this: ${missing}`,
      internalCode: 501,
      responseStatus: 'NOT_IMPLEMENTED',
      missing,
    },
  });
