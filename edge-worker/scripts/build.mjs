/** Bundles the Worker to `dist/worker.js`, as wrangler does, and the tests to `dist-test/`. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

const common = { absWorkingDir: root, bundle: true, format: "esm", target: "es2022", logLevel: "warning" };

const WORKER = "dist/worker.js";

/** The same for protected sessions. */
export const SECURE = "dist/secure.js";

/** The sizes that the Worker's bundles stay below, in bytes. Source: issues C, "Speed", and H. */
export const MAX_BUNDLE_BYTES = { [WORKER]: 20_000, [SECURE]: 30_000 };

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
  const bound = MAX_BUNDLE_BYTES[outfile];
  if (contents.length >= bound) {
    throw new Error(`${outfile} would have ${contents.length} bytes; it must have less than ${bound}`);
  }
  const whole = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(whole, contents);
  renameSync(whole, path);
}

export async function buildSecure() {
  await buildWorker("src/secure.ts", SECURE);
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
  await buildSecure();
  if (process.argv.includes("--tests")) {
    await buildTests();
    await buildWorker("test/workers/check.ts", "dist-test/workers/check.js");
  }
}
