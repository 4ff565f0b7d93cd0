/**
 * Runs wrangler, which wants Node 22.12 or later; on an older one, with the Node that comes as the npm
 * package `node-{platform}-{arch}`, the content of `node@22`. Installs both at first use, from `deploy/`.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** First Node that wrangler 4.164.0 runs on. Source: its package.json, `engines`. */
const WRANGLER_NODE = [22, 12];

/** Longest time that the installation may take, in milliseconds. wrangler itself may take any: `tail` goes on. */
const TIMEOUT_MS = 300_000;

const modules = `${root}deploy/node_modules/`;

if (!existsSync(`${modules}wrangler`)) {
  run("npm", ["ci", "--prefix", `${root}deploy`, "--no-progress", "--loglevel=error"], TIMEOUT_MS);
}
run(node(), [`${modules}wrangler/bin/wrangler.js`, ...process.argv.slice(2)]);

function node() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > WRANGLER_NODE[0] || (major === WRANGLER_NODE[0] && minor >= WRANGLER_NODE[1])) {
    return process.execPath;
  }
  const platform = process.platform === "win32" ? "win" : process.platform;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const path = `${modules}node-${platform}-${process.arch}/bin/${binary}`;
  if (!existsSync(path)) {
    fail(`wrangler needs Node ${WRANGLER_NODE.join(".")} or later; this is ${process.version}. Install a newer one.`);
  }
  return path;
}

function run(command, args, timeout = 0) {
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: "inherit", timeout });
  if (error !== undefined || status !== 0) {
    fail(error === undefined ? undefined : `${command}: ${error.message}`, status ?? 1);
  }
}

function fail(message, status = 1) {
  if (message !== undefined) {
    console.error(message);
  }
  process.exit(status);
}
