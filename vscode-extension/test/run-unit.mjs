// Runs the bundled unit tests. Names each file, because `node --test` reads a folder differently
// from one Node version to the next, and fails when there is none.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const files = readdirSync('out/unit').map((name) => `out/unit/${name}`);
if (files.length === 0) throw new Error('no unit test was bundled');
const run = spawnSync(
  process.execPath,
  ['--test', '--test-reporter=spec', '--test-timeout=20000', ...files],
  {
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
