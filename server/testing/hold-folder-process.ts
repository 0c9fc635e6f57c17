import { holdFolder } from '../bridge/storage/held-folder.ts';

/** What the process is told on its command line: the folder, and how often it takes it and lets it go. */
const [folder = '', times = '0'] = process.argv.slice(2);

/** Refusals that name this process as the one that has the folder. */
const wrong: string[] = [];
for (let time = 0; time < Number(times); time += 1) {
  try {
    holdFolder(folder, { patienceMs: 0 })[Symbol.dispose]();
  } catch (error) {
    if (String(error).includes(`process ${process.pid} `)) wrong.push(String(error));
  }
}
process.send?.(wrong.slice(0, 3));
process.disconnect();
