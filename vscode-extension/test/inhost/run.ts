// Runs the extension in the real workbench.  node out/inhost/run.mjs [suite ...]
// CODEX_SERVER names the launcher of a server to test with; without it the scripted fake is used.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { brokenServer } from './broken';
import { driven } from './driven';
import { FakeModel } from './fakeModel';
import { hostTests } from './hostTests';
import { Suite, type Setting } from './suite';
import { untrusted } from './untrusted';

const SUITES: Readonly<Record<string, (suite: Suite) => Promise<void>>> = {
  host: hostTests,
  driven,
  untrusted,
  broken: brokenServer,
};
/** Over this something hangs that has no limit of its own. */
const WATCHDOG_MS = 15 * 60_000;

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const extension = process.cwd();
  const named = process.env['CODEX_SERVER'] ?? '';
  const kind = named === '' ? 'fake' : 'real';
  const results = join(extension, 'test-results', kind);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const tools = install(extension);
  const model = await FakeModel.start();
  const setting: Setting = {
    tools,
    extension,
    results,
    kind,
    server: kind === 'real' ? named : join(extension, 'out/inhost/fake-codex-lsp.cjs'),
    model,
    vsix: packageExtension(extension),
  };
  const suite = new Suite(setting);
  try {
    for (const [name, body] of Object.entries(SUITES)) {
      if (names.length === 0 || names.includes(name)) await suite.run(name, body);
    }
  } finally {
    await model.close();
  }
  console.log(`${suite.passed} passed, ${suite.failed} failed`);
  return suite.failed === 0 && suite.passed > 0 ? 0 : 1;
}

/** Prints what it installs, and the folder as its last line. */
function install(extension: string): string {
  const script = join(extension, 'test/inhost/install.sh');
  const output = execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return output.trim().split('\n').at(-1) ?? '';
}

function packageExtension(extension: string): string {
  const vsix = join(extension, 'out/inhost/codex-lsp.vsix');
  execFileSync('npm', ['run', '--silent', 'package', '--', '--out', vsix], { cwd: extension });
  return vsix;
}

// A run that is cut off still ends what it started: every workbench listens to this process's exit.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => process.exit(1));
process.stdout.on('error', () => process.exit(1));
setTimeout(() => {
  console.error('the in-host tests hang');
  process.exit(1);
}, WATCHDOG_MS).unref();
process.exit(await main());
