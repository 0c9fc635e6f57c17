import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { holdFolder } from '../bridge/storage/held-folder.ts';

/** What the process is told on its command line: the folder, and how often it takes it and lets it go. */
const [folder = '', times = '0'] = process.argv.slice(2);

/** What is said of the wrong process: that it has the folder, while it is refused; that another one has it, while it has. */
const wrong: string[] = [];
for (let time = 0; time < Number(times); time += 1) {
  try {
    using held = holdFolder(folder, { patienceMs: 0 });
    if (namedHolder() !== process.pid) wrong.push(`another than ${process.pid} is named: ${typeof held}`);
  } catch (error) {
    if (String(error).includes(`process ${process.pid} `)) wrong.push(String(error));
  }
}
process.send?.(wrong.slice(0, 3));
process.disconnect();

function namedHolder(): unknown {
  return (JSON.parse(readFileSync(join(folder, 'in-use.json'), 'utf8')) as Readonly<Record<string, unknown>>)[
    'process'
  ];
}
