import * as v from 'valibot';

/** Tokens of the cloud have some hundred characters; more than this no service would take back in a header. */
const MOST_TOKEN_CHARACTERS = 16 * 1024;
/** Its ids have 36; they stand in every row of the log. */
const MOST_ID_CHARACTERS = 128;

/** A token that can be sent back. */
export const tokenPart = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TOKEN_CHARACTERS));

/** An id that can be kept. */
export const idPart = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_ID_CHARACTERS));

/** Place of a message in its dialog. */
export const sequencePart = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
