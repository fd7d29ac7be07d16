// The tests inside the extension host (host/tests.ts), with the extension loaded from its folder.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from './suite';
import { until } from './until';

const LIMIT_MS = 6 * 60_000;

export async function hostTests(suite: Suite): Promise<void> {
  const { extension, results } = suite.setting;
  const report = join(results, 'host.txt');
  await suite.inWorkbench(
    { environment: { CODEX_INHOST_REPORT: report } },
    (workbench) =>
      workbench.open(() => [
        ['extensionDevelopmentPath', workbench.uri(extension)],
        ['extensionTestsPath', workbench.uri(join(extension, 'out/inhost/tests.js'))],
      ]),
    async () => {
      await until(
        'the tests in the extension host report',
        () => existsSync(report) && readFileSync(report, 'utf8').endsWith('\nend\n'),
        LIMIT_MS,
      );
      for (const line of readFileSync(report, 'utf8').trim().split('\n').slice(0, -1)) {
        if (line.startsWith('ok ')) suite.passed++;
        else if (line.startsWith('FAILED ')) suite.failed++;
        console.log(line);
      }
    },
  );
}
