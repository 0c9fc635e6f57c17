import type { ProblemCode } from '#protocol/problem';

import { BRIDGE_UNREACHABLE } from './bridge-failure';

/** Words that are the same each time a code comes. */
export interface CatalogueEntry {
  readonly title: string;
  readonly next: string;
  /** Set where only the bridge knows what exactly went wrong. */
  readonly hasDetail?: true;
}

/** Title and advice for every reason to refuse; the compiler asks for a missing one. */
export const FAILURE_CATALOGUE: Readonly<Record<ProblemCode | 'bridge-unreachable', CatalogueEntry>> = {
  'bridge-unreachable': {
    title: BRIDGE_UNREACHABLE.title,
    next: 'Check that the server is still running and that this machine can reach it, then try again.',
  },
  'invalid-request': {
    title: 'The request was not understood',
    next: 'Correct what is named and try again.',
    hasDetail: true,
  },
  'invalid-json': {
    title: 'The request was no valid JSON',
    next: 'Reload the page, so that page and server are of the same version.',
    hasDetail: true,
  },
  'payload-too-large': {
    title: 'That is too large to send',
    next: 'Send less at once.',
    hasDetail: true,
  },
  'unsupported-media-type': {
    title: 'The server does not take this kind of content',
    next: 'Reload the page, so that page and server are of the same version.',
    hasDetail: true,
  },
  'not-found': {
    title: 'This does not exist',
    next: 'Go back to the list: it may have been removed meanwhile.',
    hasDetail: true,
  },
  'not-signed-in': { title: 'Nobody is signed in', next: 'Sign in to go on where you were.' },
  'session-expired': { title: 'Your session has ended', next: 'Sign in again to go on where you were.' },
  'cross-site': {
    title: 'The call came from another site and was refused',
    next: 'Open the app at the address of its own server.',
  },
  'host-not-allowed': {
    title: 'The server does not know itself under this address',
    next: 'Open the address that the server printed at its start, or add this host to its settings.',
    hasDetail: true,
  },
  'too-many-requests': {
    title: 'Too many tries in a short time',
    next: 'Wait a minute, then try again.',
    hasDetail: true,
  },
  'wrong-credentials': {
    title: 'Login name or password is wrong',
    next: 'Check both. After several wrong passwords the account locks the user.',
  },
  'not-administrator': {
    title: 'This user is not an administrator',
    next: 'Only an administrator can read and change app installations. Sign in as one.',
  },
  'account-locked': {
    title: 'The account has locked this user',
    next: 'Ask an administrator of the account, or LivePerson’s support, to unlock it.',
  },
  'unknown-account': {
    title: 'No account has this number',
    next: 'Check the account number. QA accounts start with le or qa, the emulator’s with demo.',
  },
  'directory-unreachable': {
    title: 'LivePerson’s directory cannot be reached',
    next: 'Check this server’s way to the internet (proxy, firewall, CSDS_DOMAIN in settings.json), then try again.',
    hasDetail: true,
  },
  'service-missing': {
    title: 'The account lacks a service that is needed',
    next: 'Ask LivePerson to enable messaging and the Connector API for the account.',
    hasDetail: true,
  },
  'unknown-app': {
    title: 'The account has no such app',
    next: 'Choose another app: this one may have been uninstalled.',
  },
  'app-disabled': { title: 'The app is disabled', next: 'Enable the app, or choose another one.' },
  'duplicate-name': { title: 'Another app has this name', next: 'Choose a name that is not taken.' },
  'revision-conflict': {
    title: 'Somebody else changed this meanwhile',
    next: 'Load the newer version and look at it before you change it again.',
  },
  'token-refused': {
    title: 'LivePerson gave no token for this app',
    next: 'Check that the app is enabled and that its secret was not renewed, then try again.',
    hasDetail: true,
  },
  'unknown-conversation': {
    title: 'There is no such conversation',
    next: 'Choose one from the list or start a new one.',
  },
  'conversation-closed': {
    title: 'The conversation is closed',
    next: 'Start a new conversation to go on writing.',
  },
  'already-open': {
    title: 'This consumer already has an open conversation',
    next: 'Go on in that one, or close it first.',
  },
  'upstream-session-ended': {
    title: 'LivePerson ended the session of this user',
    next: 'Sign out and sign in again.',
  },
  'upstream-rejected': {
    title: 'LivePerson refused the call',
    next: 'Read its answer; the list of requests shows the whole exchange.',
    hasDetail: true,
  },
  'upstream-throttled': {
    title: 'LivePerson asks to slow down',
    next: 'Wait a minute, then try again.',
    hasDetail: true,
  },
  'upstream-unreachable': {
    title: 'LivePerson cannot be reached',
    next: 'Check this server’s way to the internet, then try again.',
    hasDetail: true,
  },
  'upstream-timeout': {
    title: 'LivePerson did not answer in time',
    next: 'Try again. If it stays slow, look at LivePerson’s status page.',
    hasDetail: true,
  },
  'upstream-failed': {
    title: 'LivePerson has trouble of its own',
    next: 'Try again in a minute. If it stays so, look at LivePerson’s status page.',
    hasDetail: true,
  },
  'answer-lost': {
    title: 'The answer was lost: this may or may not have arrived',
    next: 'Wait for its echo before you send it again.',
  },
  'signature-refused': {
    title: 'The signature does not match',
    next: 'Check that the sender uses this app’s current secret.',
    hasDetail: true,
  },
  'file-url-refused': {
    title: 'The address of the file was no longer valid',
    next: 'Try again: a new address is asked for each time. They are valid for about a minute.',
    hasDetail: true,
  },
  'file-missing': {
    title: 'The file is not in the storage any more',
    next: 'Ask for it to be sent again: the storage keeps files for a limited time.',
    hasDetail: true,
  },
  'store-unavailable': {
    title: 'The server cannot store anything at the moment',
    next: 'Check free space and rights of the server’s data folder, then try again.',
    hasDetail: true,
  },
  'demo-unavailable': {
    title: 'The built-in emulator is off',
    next: 'Start the server with EMULATOR_ENABLED=true, or sign in with an account.',
  },
  internal: {
    title: 'The server ran into a defect of its own',
    next: 'Try again. The server’s log names the cause under the id given here.',
    hasDetail: true,
  },
};
