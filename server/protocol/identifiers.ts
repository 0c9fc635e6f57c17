declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Account, brand or site number; digits in production, `le…`/`qa…` in QA, `demo…` in the emulator. */
export type AccountId = Branded<'AccountId'>;
/** `client_id` of an app installation; equals its `id`. */
export type AppKey = Branded<'AppKey'>;
/** UUID of a conversation; also the id of its MAIN dialog. */
export type ConversationId = Branded<'ConversationId'>;
/** Id of one dialog of a conversation. */
export type DialogId = Branded<'DialogId'>;
/** `lp_consumer_id`: the id under which a consumer appears in notifications. */
export type ConsumerId = Branded<'ConsumerId'>;
/** `config.userId` of the signed-in account user. */
export type UserId = Branded<'UserId'>;

export const asAccountId = (value: string): AccountId => value as AccountId;
export const asAppKey = (value: string): AppKey => value as AppKey;
export const asConversationId = (value: string): ConversationId => value as ConversationId;
export const asDialogId = (value: string): DialogId => value as DialogId;
export const asConsumerId = (value: string): ConsumerId => value as ConsumerId;
export const asUserId = (value: string): UserId => value as UserId;

/** Whether the emulator serves the account; such an account never causes a call outside this machine. */
export const isEmulatedAccount = (account: string): boolean => account.toLowerCase().startsWith('demo');

/** Whether the account belongs to LivePerson's QA directory. */
export const isQaAccount = (account: string): boolean => /^(le|qa)/i.test(account);
