/** How a signature may be made and written. @see PROTOCOL.md §8.2 */
export const SIGNATURE_FORMS = ['sha1-base64', 'sha256-base64', 'sha1-hex', 'sha256-hex'] as const;

export type SignatureForm = (typeof SIGNATURE_FORMS)[number];

/** What LivePerson documents and sends. */
export const USUAL_SIGNATURE_FORMS: readonly SignatureForm[] = ['sha1-base64', 'sha256-base64'];

/** Which forms are taken: those of the app where something is said about it, else the usual ones. */
export interface SignaturePolicy {
  readonly usual: readonly SignatureForm[];
  readonly byApp: ReadonlyMap<string, readonly SignatureForm[]>;
}

export const USUAL_SIGNATURES: SignaturePolicy = { usual: USUAL_SIGNATURE_FORMS, byApp: new Map() };

export const formsOf = ({ usual, byApp }: SignaturePolicy, appKey: string): readonly SignatureForm[] =>
  byApp.get(appKey.toLowerCase()) ?? usual;

export const isSignatureForm = (text: string): text is SignatureForm =>
  SIGNATURE_FORMS.some((form) => form === text);
