// Headless Neovim with the ten lines of init.lua, which the README shows too, does the walk.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { hangs, outcome, runs, says } from '../model.mjs';
import { checkout, playground, tools } from '../playground.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

async function run(program, args, options) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [code, signal] = await once(child, 'close');
  return { end: code ?? signal, output };
}

async function walk(t, nvim, answer) {
  const script = [runs('touch made.txt && echo made'), says('The walk is done.'), hangs('Well')];
  const ground = await playground(t, ...script);
  await writeFile(path.join(ground.work, 'Main.java'), 'class Main {}\n');
  const args = ['--headless', '--clean', '-n', '-u', here('init.lua'), 'Main.java'];
  const env = { ...ground.env, CODEX_TEST_ANSWER: answer };
  const result = await run(nvim, [...args, '-c', `luafile ${here('driver.lua')}`], {
    cwd: ground.work,
    env,
  });
  t.diagnostic(result.output.trimEnd());
  assert.match(result.output, /^walked$/m, result.output);
  assert.doesNotMatch(result.output, /deprecated/i);
  assert.equal(result.end, 0);
  return ground;
}

const made = (work) => access(path.join(work, 'made.txt')).then(() => true, () => false);

for (const suite of ['trixie', 'sid']) {
  const nvim = path.join(tools, `nvim-${suite}/run`);
  const { output } = await run(nvim, ['--version'], {});
  const [, version] = /^NVIM v(\S+)/.exec(output) ?? assert.fail(output);

  test(`Neovim ${version} accepts`, async (t) => {
    const { model, work } = await walk(t, nvim, 'Accept');
    assert.ok(await made(work));
    assert.match(outcome(model, 1), /made/);
  });

  test(`Neovim ${version} dismisses`, async (t) => {
    const { model, work } = await walk(t, nvim, 'no such action');
    assert.equal(await made(work), false);
    assert.match(outcome(model, 1), /rejected|declined/);
  });
}
