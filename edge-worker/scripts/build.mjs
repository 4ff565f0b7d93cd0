/** Bundles the Worker to `dist/worker.js`, as wrangler does, and the tests to `dist-test/`. */
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;

const common = { absWorkingDir: root, bundle: true, format: "esm", target: "es2022", logLevel: "warning" };

export async function buildWorker(entry = "src/index.ts", outfile = "dist/worker.js") {
  await build({ ...common, entryPoints: [entry], outfile, minify: true, platform: "neutral" });
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

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await buildWorker();
  if (process.argv.includes("--tests")) {
    await buildTests();
    await buildWorker("test/workers/check.ts", "dist-test/workers/check.js");
  }
}
