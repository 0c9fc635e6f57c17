import { BridgeError } from '../errors/bridge-error.ts';

/**
 * What came of an event that the app sends by itself. It may meet the end of its dialog before anybody could know of that:
 * a refusal of the cloud is an outcome then, no failure of the call.
 *
 * @throws BridgeError when the cloud could not be asked
 */
export async function outcomeOf(sending: Promise<unknown>): Promise<'told' | 'refused'> {
  try {
    await sending;
    return 'told';
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof BridgeError &&
  (error.code === 'upstream-rejected' || error.code === 'conversation-closed');
