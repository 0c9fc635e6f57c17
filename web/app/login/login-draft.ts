import { required, schema, validate } from '@angular/forms/signals';

import type { SignInRequest } from '#protocol/bridge-api';

/** What a person types to sign in. */
export type LoginDraft = SignInRequest;

export const EMPTY_LOGIN: LoginDraft = { account: '', loginName: '', password: '' };

export const loginSchema = schema<LoginDraft>((path) => {
  required(path.account, { message: $localize`Enter the account number.` });
  validate(path.account, ({ value }) => {
    const account = value().trim();
    return account === '' || ACCOUNT.test(account) ? null : { kind: 'account', message: NO_ACCOUNT };
  });
  required(path.loginName, { message: $localize`Enter your login name.` });
  required(path.password, { message: $localize`Enter your password.` });
});

/** The request for a draft: blanks around account and login name come from copying, those of a password may be meant. */
export function toSignInRequest({ account, loginName, password }: LoginDraft): SignInRequest {
  return { account: account.trim(), loginName: loginName.trim(), password };
}

/** Digits; of a test account or the emulator's letters before them. */
const ACCOUNT = /^[\w-]+$/;
const NO_ACCOUNT = $localize`An account number has only digits, and of test accounts letters: no blanks, no signs.`;
