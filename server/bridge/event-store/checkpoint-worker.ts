import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Program of the thread that {@link Checkpoints} starts: each message asks for one checkpoint, and is answered when it is done. */
const database = new DatabaseSync(String(workerData));
// Neither waits for writers nor makes them wait: what they write meanwhile is left for the next time.
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
parentPort?.on('message', () => {
  checkpoint.get();
  parentPort?.postMessage(null);
});
