// Bundles with esbuild.  node esbuild.mjs [extension | test | inhost]
import { build } from 'esbuild';
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const node = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };
const typescriptIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

async function extension() {
  const { metafile } = await build({
    ...node,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/main.js',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    legalComments: 'none',
    metafile: true,
  });
  writeFileSync('dist/LICENSES.txt', licences(Object.keys(metafile.inputs)));
}

/** The licences of the packages whose code is in the bundle; fails when one has none. */
function licences(inputs) {
  const packages = inputs.flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const texts = [...new Set(packages)].sort().map((folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|$)/i.test(name));
    if (file === undefined) throw new Error(`${folder} has no licence file`);
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function unitTests() {
  rmSync('out/unit', { recursive: true, force: true });
  await build({
    ...node,
    entryPoints: typescriptIn('test/unit'),
    outdir: 'out/unit',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'inline',
  });
}

async function inHostTests() {
  rmSync('out/inhost', { recursive: true, force: true });
  await build({
    ...node,
    entryPoints: ['test/inhost/run.ts'],
    outdir: 'out/inhost',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    external: ['playwright-core'],
    sourcemap: 'inline',
  });
  await build({
    ...node,
    entryPoints: ['test/inhost/host/tests.ts'],
    outdir: 'out/inhost',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
  });
  // CommonJS, because vscode-jsonrpc is; run as a program, so it needs its first line and its bit.
  await build({
    ...node,
    entryPoints: ['test/fakes/fakeServer.ts'],
    outfile: 'out/inhost/fake-codex-lsp.cjs',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync('out/inhost/fake-codex-lsp.cjs', 0o755);
}

const jobs = { extension, test: unitTests, inhost: inHostTests };
const job = jobs[process.argv[2] ?? 'extension'];
if (!job) throw new Error(`no such job: ${process.argv[2]}`);
await job();
