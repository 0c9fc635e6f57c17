/** How a signature may be made and written. @see PROTOCOL.md §8.2 */
export const SIGNATURE_FORMS = ['sha1-base64', 'sha256-base64', 'sha1-hex', 'sha256-hex'] as const;

export type SignatureForm = (typeof SIGNATURE_FORMS)[number];

/** What LivePerson documents and sends. */
export const USUAL_SIGNATURE_FORMS: readonly SignatureForm[] = ['sha1-base64', 'sha256-base64'];
