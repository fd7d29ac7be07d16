// What a test gives to an editor: a folder to work in, and a private home of Codex with its model.
import { mkdtemp, mkdir, rm, writeFile, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startModel } from './model.mjs';

export const checkout = fileURLToPath(new URL('../../../../', import.meta.url));
export const tools = path.join(checkout, '.cache/editors/');

/** Starts a model with these answers; the test `t` ends it and removes the folders. */
export async function playground(t, ...answers) {
  const model = await startModel(...answers);
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'codex-lsp-editors-')));
  t.after(async () => {
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  });
  const [home, work] = [path.join(root, 'home'), path.join(root, 'work')];
  await mkdir(home);
  await mkdir(work);
  await writeFile(path.join(home, 'config.toml'), config(model.url));
  return { model, home, work, env: { ...process.env, ...privateFolders(home) } };
}

const config = (url) => `
model = "scripted"
model_provider = "scripted"
approval_policy = "untrusted"
sandbox_mode = "danger-full-access"

[model_providers.scripted]
name = "scripted"
base_url = "${url}"
wire_api = "responses"
`;

const privateFolders = (home) => ({
  CODEX_HOME: home,
  HOME: home,
  XDG_CONFIG_HOME: path.join(home, 'config'),
  XDG_DATA_HOME: path.join(home, 'data'),
  XDG_STATE_HOME: path.join(home, 'state'),
  XDG_CACHE_HOME: path.join(home, 'cache'),
  PATH: `${path.join(checkout, 'bin')}:${process.env.PATH}`,
});
