// Counts and tells what the in-host tests saw, and keeps pictures of it.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { FakeModel } from './fakeModel';
import { Workbench } from './workbench';

export interface Setting {
  readonly tools: string;
  readonly extension: string;
  /** Where pictures and logs of this run go. */
  readonly results: string;
  readonly kind: 'fake' | 'real';
  readonly server: string;
  readonly model: FakeModel;
  readonly vsix: string;
}

export interface WorkbenchOver {
  readonly vsix?: string;
  readonly isTrusted?: boolean;
  readonly server?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export class Suite {
  readonly setting: Setting;
  passed = 0;
  failed = 0;
  #name = '';

  constructor(setting: Setting) {
    this.setting = setting;
  }

  /** A suite that throws has failed once, whatever it saw before. */
  async run(name: string, body: (suite: Suite) => Promise<void>): Promise<void> {
    const start = Date.now();
    this.#name = name;
    console.log(`# ${name} (${this.setting.kind} server)`);
    try {
      await body(this);
    } catch (error) {
      this.failed++;
      console.log(
        `FAILED  ${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
    }
    console.log(`# ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }

  /** One thing that was seen to work. */
  saw(what: string): void {
    this.passed++;
    console.log(`ok      ${what}`);
  }

  async picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(this.setting.results, `${name}.png`) });
  }

  /** Opens a workbench for `act`. Its logs stay, and if that fails, a picture. */
  async inWorkbench(
    over: WorkbenchOver,
    body: (workbench: Workbench) => Promise<Page>,
    act: (page: Page, workbench: Workbench) => Promise<void>,
  ): Promise<void> {
    const { tools, server, kind, model, results } = this.setting;
    const workbench = new Workbench({
      tools,
      server: over.server ?? server,
      isTrusted: over.isTrusted ?? true,
      environment: { CODEX_INHOST_SERVER: kind, ...over.environment },
      ...(over.vsix ? { vsix: over.vsix } : {}),
    });
    let page: Page | null = null;
    try {
      model.writeConfig(workbench.codexHome);
      page = await body(workbench);
      await act(page, workbench);
    } catch (error) {
      if (page) await this.picture(page, 'failure');
      throw error;
    } finally {
      workbench.keepLogs(join(results, this.#name));
      await workbench.close();
    }
  }
}
