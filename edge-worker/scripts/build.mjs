/** Bundles the Worker to `dist/worker.js`, as wrangler does, and the tests to `dist-test/`. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

const common = { absWorkingDir: root, bundle: true, format: "esm", target: "es2022", logLevel: "warning" };

/** The size that the Worker's bundle stays below, in bytes. Source: issue C, "Speed". */
export const MAX_BUNDLE_BYTES = 20_000;

const WORKER = "dist/worker.js";

/** Replaces the bundle at one blow, so that whoever reads it meanwhile has the old one or the new one, whole. */
export async function buildWorker(entry = "src/index.ts", outfile = WORKER) {
  const options = {
    ...common,
    entryPoints: [entry],
    outfile,
    minify: true,
    platform: "neutral",
    external: ["cloudflare:*"],
    write: false,
  };
  const [{ path, contents }] = (await build(options)).outputFiles;
  if (outfile === WORKER && contents.length >= MAX_BUNDLE_BYTES) {
    throw new Error(`${WORKER} would have ${contents.length} bytes; it must have less than ${MAX_BUNDLE_BYTES}`);
  }
  const whole = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(whole, contents);
  renameSync(whole, path);
}

export async function buildTests() {
  rmSync(`${root}dist-test`, { recursive: true, force: true });
  const tests = readdirSync(`${root}test`).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: "dist-test",
    platform: "node",
    packages: "external",
    external: ["../scripts/*"],
    sourcemap: "inline",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWorker();
  if (process.argv.includes("--tests")) {
    await buildTests();
    await buildWorker("test/workers/check.ts", "dist-test/workers/check.js");
  }
}
