import type { ProblemCode } from '#protocol/problem';

import type { CatalogueEntry } from './catalogue-entry';

/** Words for what the cloud behind the bridge answered, or did not; they name the environment that was asked. */
export const UPSTREAM_CATALOGUE = {
  'account-locked': {
    title: $localize`The account has blocked this user`,
    next: $localize`Ask an administrator of the account, or LivePerson’s support, to unblock the user.`,
    by: {
      liveperson: {
        title: $localize`The account has blocked this user`,
        next: $localize`Ask an administrator of the account, or LivePerson’s support, to unblock the user.`,
      },
      emulator: {
        title: $localize`The emulator has this user on its block list`,
        next: $localize`Sign in as another user, for example as admin.`,
      },
    },
  },
  'directory-unreachable': {
    title: $localize`The directory of services cannot be reached`,
    next: $localize`Check this server’s way to the internet (proxy, firewall, CSDS_DOMAIN or CSDS_DOMAIN_QA in settings.json), then try again.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson’s directory cannot be reached`,
        next: $localize`Check this server’s way to the internet (proxy, firewall, CSDS_DOMAIN or CSDS_DOMAIN_QA in settings.json), then try again.`,
      },
      emulator: {
        title: $localize`The emulator’s directory cannot be reached`,
        next: $localize`Check that the emulator is still running, then try again.`,
      },
    },
  },
  'service-missing': {
    title: $localize`The account lacks a service that is needed`,
    next: $localize`Ask LivePerson to enable it for the account.`,
    hasDetail: true,
    titleOf: (service) => $localize`The account lacks a service\: ${service}`,
  },
  'token-refused': {
    title: $localize`No token was given for this app`,
    next: $localize`Check that the app is enabled and that its secret was not renewed, then try again.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson gave no token for this app`,
        next: $localize`Check that the app is enabled and that its secret was not renewed, then try again.`,
      },
      emulator: {
        title: $localize`The emulator gave no token for this app`,
        next: $localize`Check that the app is enabled and that its secret was not renewed, then try again.`,
      },
    },
  },
  'upstream-session-ended': {
    title: $localize`The cloud ended the session of this user`,
    next: $localize`Sign out and sign in again.`,
    by: {
      liveperson: {
        title: $localize`LivePerson ended the session of this user`,
        next: $localize`Sign out and sign in again.`,
      },
      emulator: {
        title: $localize`The emulator ended the session of this user`,
        next: $localize`Sign out and sign in again.`,
      },
    },
  },
  'upstream-rejected': {
    title: $localize`The cloud refused the call`,
    tried: (call: string) => $localize`The cloud refused “${call}”`,
    next: $localize`Read its answer; the list of requests shows the whole exchange.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson refused the call`,
        tried: (call: string) => $localize`LivePerson refused “${call}”`,
        next: $localize`Read its answer; the list of requests shows the whole exchange.`,
      },
      emulator: {
        title: $localize`The emulator refused the call`,
        tried: (call: string) => $localize`The emulator refused “${call}”`,
        next: $localize`Read its answer; the list of requests shows the whole exchange.`,
      },
    },
  },
  'upstream-throttled': {
    title: $localize`The cloud asks to slow down`,
    next: $localize`Wait a minute, then try again.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson asks to slow down`,
        next: $localize`Wait a minute, then try again.`,
      },
      emulator: {
        title: $localize`The emulator asks to slow down`,
        next: $localize`Try again, or take back the fault that was set in the emulator.`,
      },
    },
  },
  'upstream-unreachable': {
    title: $localize`The cloud cannot be reached`,
    next: $localize`Check this server’s way to the internet, then try again.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson cannot be reached`,
        next: $localize`Check this server’s way to the internet, then try again.`,
      },
      emulator: {
        title: $localize`The emulator cannot be reached`,
        next: $localize`Check that the emulator is still running, then try again.`,
      },
    },
  },
  'upstream-timeout': {
    title: $localize`The cloud did not answer in time`,
    next: $localize`Try again. If it stays slow, look at the way from this server to the cloud.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson did not answer in time`,
        next: $localize`Try again. If it stays slow, look at LivePerson’s status page.`,
      },
      emulator: {
        title: $localize`The emulator did not answer in time`,
        next: $localize`Try again, or take back the fault that was set in the emulator.`,
      },
    },
  },
  'upstream-failed': {
    title: $localize`The cloud has trouble of its own`,
    next: $localize`Try again in a minute.`,
    hasDetail: true,
    by: {
      liveperson: {
        title: $localize`LivePerson has trouble of its own`,
        tried: (call: string) => $localize`LivePerson failed at “${call}”`,
        next: $localize`Try again in a minute. If it stays so, look at LivePerson’s status page.`,
      },
      emulator: {
        title: $localize`The emulator failed to serve the call`,
        tried: (call: string) => $localize`The emulator failed at “${call}”`,
        next: $localize`Try again. If it stays so, look whether a fault is set in the emulator, and at this server’s log.`,
      },
    },
  },
} as const satisfies Partial<Record<ProblemCode, CatalogueEntry>>;
