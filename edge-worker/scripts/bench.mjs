/**
 * Measures what the issue bounds, in one workerd, and fails if a bound is broken: p50 of the gateway's GET
 * and bulk get beside a Worker that only asks the binding, CPU of a session check without and with
 * all protections, sizes of the bundles.
 * Writes no file but the bundles in `dist/`.
 */
import { statSync } from "node:fs";
import { Miniflare } from "miniflare";
import { agent, call, compare, repeated, sessionRecord } from "./bench/measure.mjs";
import { buildSecure, buildWorker, MAX_BUNDLE_BYTES, SECURE } from "./build.mjs";
import { protectedSession } from "./vectors.mjs";
import { edgeWorker, localOptions, root } from "./workerd.mjs";

/** Most time the whole run may take, in milliseconds. */
const TIMEOUT_MS = 120_000;

/** The bounds. Source: issue C, "Speed". */
const MAX_RATIO = 1.5;
const MAX_CHECK_MS = 1;

const GET_ROUNDS = 2000;
const BULK_ROUNDS = 150;
const BULK_KEYS = 100;
/** Few, as a Worker keeps the streams of a request until its end. */
const CHECKS = 1000;
const CHECK_ROUNDS = 15;

const SECRET = "secret-of-the-benchmark-0000000000000000";
const ACCOUNT_ID = "a".repeat(32);
const NAMESPACE_ID = "b".repeat(32);
const NAMESPACE = `/client/v4/accounts/${ACCOUNT_ID}/storage/kv/namespaces/${NAMESPACE_ID}`;
const ID = "AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

const WORKERS = { edge: "dist/worker.js", bare: "dist/bench/bare.js", check: "dist/bench/edge-check.js" };

const timeout = setTimeout(() => {
  console.error(`not done after ${TIMEOUT_MS} ms`);
  process.exit(1);
}, TIMEOUT_MS);

await buildWorker();
await buildSecure();
await buildWorker("bench/bare.ts", WORKERS.bare);
await buildWorker("bench/edge-check.ts", WORKERS.check);
const bindings = { ACCOUNT_ID, NAMESPACE_ID, KEY_PREFIXES: "session:", GATEWAY_SECRET: SECRET };
const workers = Object.entries(WORKERS).map(([name, script]) => {
  return { ...edgeWorker(bindings, script), name, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] };
});
const miniflare = new Miniflare({ ...localOptions(0), workers });
try {
  await miniflare.ready;
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  agent.destroy();
  await miniflare.dispose();
  clearTimeout(timeout);
}

async function measure() {
  const [edge, bare, check] = await Promise.all(Object.keys(WORKERS).map((name) => miniflare.unsafeGetDirectURL(name)));
  const kv = await miniflare.getKVNamespace("SESSIONS", "edge");
  const keys = Array.from({ length: BULK_KEYS }, (_, i) => `session:${i}`);
  const record = sessionRecord();
  await Promise.all(keys.map((key) => kv.put(key, record)));
  const key = encodeURIComponent(keys[0]);
  const get = await compare(
    () => call(edge, "GET", `${NAMESPACE}/values/${key}`, SECRET),
    () => call(bare, "GET", `/${key}`, SECRET),
    GET_ROUNDS,
  );
  const body = JSON.stringify({ keys });
  const bulk = await compare(
    () => call(edge, "POST", `${NAMESPACE}/bulk/get`, SECRET, body),
    () => call(bare, "POST", "/", SECRET, body),
    BULK_ROUNDS,
  );
  const met = [report("GET, p50", get), report("bulk get, p50", bulk)];
  met.push(await reportCheck(check, "session check, CPU", { id: ID, record }));
  const { env: protection, ...session } = protectedSession(record);
  met.push(await reportCheck(check, "all protected, CPU", { ...session, protection }));
  met.push(...[WORKERS.edge, SECURE].map(reportSize));
  return met.every(Boolean);
}

async function reportCheck(worker, name, session) {
  const checks = JSON.stringify({ times: CHECKS, ...session });
  const cpu = (await repeated(() => call(worker, "POST", "/", SECRET, checks), CHECK_ROUNDS)) / CHECKS;
  const { length } = session.record;
  console.log(`${name.padEnd(19)} ${cpu.toFixed(4)} ms   (bound ${MAX_CHECK_MS} ms; ${length} bytes are stored)`);
  return cpu < MAX_CHECK_MS;
}

function reportSize(bundle) {
  const { size } = statSync(`${root}${bundle}`);
  console.log(`${bundle.padEnd(19)} ${size} bytes   (bound ${MAX_BUNDLE_BYTES[bundle]})`);
  return size < MAX_BUNDLE_BYTES[bundle];
}

function report(name, { gateway, bare }) {
  const ratio = gateway / bare;
  const times = `${gateway.toFixed(3)} ms beside ${bare.toFixed(3)} ms`;
  console.log(`${name.padEnd(19)} ${times}, ratio ${ratio.toFixed(2)}   (bound ${MAX_RATIO})`);
  return ratio <= MAX_RATIO;
}
