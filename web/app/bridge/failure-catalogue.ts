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
    next: $localize`Check that the server is still running and that this machine can reach it, then try again.`,
  },
  'invalid-request': {
    title: $localize`The request was not understood`,
    next: $localize`Correct what is named and try again.`,
    hasDetail: true,
  },
  'invalid-json': {
    title: $localize`The request was no valid JSON`,
    next: $localize`Reload the page, so that page and server are of the same version.`,
    hasDetail: true,
  },
  'payload-too-large': {
    title: $localize`That is too large to send`,
    next: $localize`Send less at once.`,
    hasDetail: true,
  },
  'unsupported-media-type': {
    title: $localize`The server does not take this kind of content`,
    next: $localize`Reload the page, so that page and server are of the same version.`,
    hasDetail: true,
  },
  'not-found': {
    title: $localize`This does not exist`,
    next: $localize`Go back to the list: it may have been removed meanwhile.`,
    hasDetail: true,
  },
  'not-signed-in': {
    title: $localize`Nobody is signed in`,
    next: $localize`Sign in to go on where you were.`,
  },
  'session-expired': {
    title: $localize`Your session has ended`,
    next: $localize`Sign in again to go on where you were.`,
  },
  'cross-site': {
    title: $localize`The call came from another site and was refused`,
    next: $localize`Open the app at the address of its own server.`,
  },
  'host-not-allowed': {
    title: $localize`The server does not know itself under this address`,
    next: $localize`Open the address that the server printed at its start, or add this host to its settings.`,
    hasDetail: true,
  },
  'too-many-requests': {
    title: $localize`Too many tries in a short time`,
    next: $localize`Wait a minute, then try again.`,
    hasDetail: true,
  },
  'wrong-credentials': {
    title: $localize`Login name or password is wrong`,
    next: $localize`Check both. After several wrong passwords the account locks the user.`,
  },
  'not-administrator': {
    title: $localize`This user is not an administrator`,
    next: $localize`Only an administrator can read and change app installations. Sign in as one.`,
  },
  'account-locked': {
    title: $localize`The account has locked this user`,
    next: $localize`Ask an administrator of the account, or LivePerson’s support, to unlock it.`,
  },
  'unknown-account': {
    title: $localize`No account has this number`,
    next: $localize`Check the account number. QA accounts start with le or qa, the emulator’s with demo.`,
  },
  'directory-unreachable': {
    title: $localize`LivePerson’s directory cannot be reached`,
    next: $localize`Check this server’s way to the internet (proxy, firewall, CSDS_DOMAIN in settings.json), then try again.`,
    hasDetail: true,
  },
  'service-missing': {
    title: $localize`The account lacks a service that is needed`,
    next: $localize`Ask LivePerson to enable messaging and the Connector API for the account.`,
    hasDetail: true,
  },
  'unknown-app': {
    title: $localize`The account has no such app`,
    next: $localize`Choose another app: this one may have been uninstalled.`,
  },
  'app-disabled': {
    title: $localize`The app is disabled`,
    next: $localize`Enable the app, or choose another one.`,
  },
  'duplicate-name': {
    title: $localize`Another app has this name`,
    next: $localize`Choose a name that is not taken.`,
  },
  'revision-conflict': {
    title: $localize`Somebody else changed this meanwhile`,
    next: $localize`Load the newer version and look at it before you change it again.`,
  },
  'token-refused': {
    title: $localize`LivePerson gave no token for this app`,
    next: $localize`Check that the app is enabled and that its secret was not renewed, then try again.`,
    hasDetail: true,
  },
  'unknown-conversation': {
    title: $localize`There is no such conversation`,
    next: $localize`Choose one from the list or start a new one.`,
  },
  'conversation-closed': {
    title: $localize`The conversation is closed`,
    next: $localize`Start a new conversation to go on writing.`,
  },
  'already-open': {
    title: $localize`This consumer already has an open conversation`,
    next: $localize`Go on in that one, or close it first.`,
  },
  'upstream-session-ended': {
    title: $localize`LivePerson ended the session of this user`,
    next: $localize`Sign out and sign in again.`,
  },
  'upstream-rejected': {
    title: $localize`LivePerson refused the call`,
    next: $localize`Read its answer; the list of requests shows the whole exchange.`,
    hasDetail: true,
  },
  'upstream-throttled': {
    title: $localize`LivePerson asks to slow down`,
    next: $localize`Wait a minute, then try again.`,
    hasDetail: true,
  },
  'upstream-unreachable': {
    title: $localize`LivePerson cannot be reached`,
    next: $localize`Check this server’s way to the internet, then try again.`,
    hasDetail: true,
  },
  'upstream-timeout': {
    title: $localize`LivePerson did not answer in time`,
    next: $localize`Try again. If it stays slow, look at LivePerson’s status page.`,
    hasDetail: true,
  },
  'upstream-failed': {
    title: $localize`LivePerson has trouble of its own`,
    next: $localize`Try again in a minute. If it stays so, look at LivePerson’s status page.`,
    hasDetail: true,
  },
  'answer-lost': {
    title: $localize`The answer was lost: this may or may not have arrived`,
    next: $localize`Wait for its echo before you send it again.`,
  },
  'signature-refused': {
    title: $localize`The signature does not match`,
    next: $localize`Check that the sender uses this app’s current secret.`,
    hasDetail: true,
  },
  'file-url-refused': {
    title: $localize`The address of the file was no longer valid`,
    next: $localize`Try again: a new address is asked for each time. They are valid for about a minute.`,
    hasDetail: true,
  },
  'file-missing': {
    title: $localize`The file is not in the storage any more`,
    next: $localize`Ask for it to be sent again: the storage keeps files for a limited time.`,
    hasDetail: true,
  },
  'store-unavailable': {
    title: $localize`The server cannot store anything at the moment`,
    next: $localize`Check free space and rights of the server’s data folder, then try again.`,
    hasDetail: true,
  },
  'demo-unavailable': {
    title: $localize`The built-in emulator is off`,
    next: $localize`Start the server with EMULATOR_ENABLED=true, or sign in with an account.`,
  },
  internal: {
    title: $localize`The server ran into a defect of its own`,
    next: $localize`Try again. The server’s log names the cause under the id given here.`,
    hasDetail: true,
  },
};
