import type { ProblemCode } from '#protocol/problem';

import { BRIDGE_UNREACHABLE } from './bridge-failure';
import type { CatalogueEntry } from './catalogue-entry';
import { UPSTREAM_CATALOGUE } from './upstream-catalogue';

/** Title and advice for every reason to refuse; the compiler asks for a missing one. */
export const FAILURE_CATALOGUE: Readonly<Record<ProblemCode | 'bridge-unreachable', CatalogueEntry>> = {
  'bridge-unreachable': {
    title: BRIDGE_UNREACHABLE.title,
    next: $localize`Try again. If that does not help, check that the server is running and that this machine can reach it.`,
    hasDetail: true,
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
    next: $localize`Go back to the list: it may have been removed in the meantime.`,
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
    next: $localize`This one was not made. Try again in a moment.`,
    hasDetail: true,
  },
  'too-many-streams': {
    title: $localize`Too many tabs of this browser hear from the server`,
    next: $localize`Close tabs of this app that you do not need. This one then goes on by itself.`,
    hasDetail: true,
  },
  'too-many-sends': {
    title: $localize`Too much is on its way into this conversation`,
    next: $localize`Wait until what was sent before is answered, then send this again.`,
    hasDetail: true,
  },
  'wrong-credentials': {
    title: $localize`Login name or password is wrong`,
    next: $localize`Check both. After several wrong passwords the account may block the user.`,
    by: {
      liveperson: {
        title: $localize`Login name or password is wrong`,
        next: $localize`Check both. After several wrong passwords the account may block the user.`,
      },
      emulator: {
        title: $localize`Login name or password is wrong`,
        next: $localize`Check both. This page names users and passwords that the emulator takes.`,
      },
    },
  },
  'not-administrator': {
    title: $localize`This user is not an administrator`,
    next: $localize`Only an administrator can read and change app installations. Sign in as one.`,
    hasDetail: true,
  },
  'unknown-account': {
    title: $localize`No account has this number`,
    next: $localize`Check the account number. QA accounts start with “le” or “qa”, the emulator’s with “demo”.`,
    hasDetail: true,
  },
  ...UPSTREAM_CATALOGUE,
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
    title: $localize`Somebody else changed this in the meantime`,
    next: $localize`Load the newer version and look at it before you change it again.`,
  },
  'message-too-long': {
    title: $localize`The message is too long for a request`,
    next: $localize`Write it shorter: quotation marks and line breaks count twice.`,
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
  'answer-lost': {
    title: $localize`The answer was lost: this may or may not have arrived`,
    next: $localize`Wait for its echo before you send it again.`,
  },
  'stopped-before-sending': {
    title: $localize`The server stopped before this was sent`,
    next: $localize`Send it again.`,
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
  'redelivery-refused': {
    title: $localize`The webhook was not redelivered`,
    next: $localize`Do what the answer names, then redeliver it.`,
  },
  'unknown-delivery': {
    title: $localize`This webhook is no longer known`,
    next: $localize`Choose one from the list as it is now: the emulator began anew, or this one is too long ago.`,
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
