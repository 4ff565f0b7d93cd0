/**
 * The Worker on this machine, in Cloudflare's own runtime, with KV on disk. Ends with its terminal, by
 * SIGINT or SIGTERM and, with `EXIT_WITH_STDIN=1`, when its standard input closes: for programs that
 * start it and may die. However it ends, unless it is killed, workerd ends too and no temporary file stays.
 *
 * All of it may be set in the environment:
 *   PORT            8787; 0 for a free one, which is printed
 *   KV_PERSIST      .wrangler/kv, a folder; `memory` for a temporary one that is removed at the end
 *   ORIGIN          the application behind the Worker
 *   and the Worker's own variables, see wrangler.toml
 */
import { constants } from "node:os";
import { buildSecure, buildWorker, SECURE } from "./build.mjs";
import { root, start } from "./workerd.mjs";

const { PORT = "8787", KV_PERSIST = `${root}.wrangler/kv`, EXIT_WITH_STDIN } = process.env;

const { SESSION_PREFIX = "session:" } = process.env;

const STEM = SESSION_PREFIX.replace(/:$/, "");

/** Nothing secret: this Worker listens on 127.0.0.1 only. */
const DEFAULTS = {
  ACCOUNT_ID: "acc0000000000000000000000000e001",
  NAMESPACE_ID: "ce11000000000000000000000000e002",
  KEY_PREFIXES: `${SESSION_PREFIX} ${STEM}-gone: ${STEM}-renamed:`,
  GATEWAY_SECRET: "local-gateway-secret-0000000000000000",
  GATEWAY_SECRET_PREVIOUS: "",
  ORIGIN: "",
  TOUCH_PATH: "",
  TOUCH_SECONDS: "",
  SESSION_PREFIX,
  SESSION_COOKIE: "SESSION",
  LOGIN_PATH: "/login",
};

/** With one of these, the Worker is that for protected sessions. */
const PROTECTIONS = { SESSION_SIGNING_KEYS: "", SESSION_KEYS: "", SESSION_REQUIRED: "" };

const bindings = Object.fromEntries(
  Object.entries({ ...DEFAULTS, ...PROTECTIONS }).map(([name, value]) => [name, process.env[name] ?? value]),
);

const secure = Object.keys(PROTECTIONS).some((name) => bindings[name] !== "");

// npm gives a SIGTERM to its shell alone, which may end and leave this process behind.
if (process.env.npm_lifecycle_event === "dev") {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(128 + constants.signals.SIGTERM), 500).unref();
}

// Miniflare ends workerd and removes its folder on SIGINT, SIGTERM and exit, but knows nothing of SIGHUP.
process.once("SIGHUP", () => process.exit(128 + constants.signals.SIGHUP));

try {
  await (secure ? buildSecure() : buildWorker());
  await run();
} catch (failure) {
  // Not thrown: the process would end before the folder of the failed start is removed.
  console.error(failure);
  process.exitCode = 1;
}

async function run() {
  const script = secure ? SECURE : undefined;
  const { url } = await start(Number(PORT), bindings, KV_PERSIST === "memory" ? false : KV_PERSIST, script);
  if (EXIT_WITH_STDIN === "1") {
    process.stdin.resume();
    // No `dispose`, which leaves the folder to be removed later.
    process.stdin.once("close", () => process.exit(0));
  }
  console.log(`Ready on ${url.origin}
  cloudflare.kv.base-url=${url.origin}/client/v4
  cloudflare.kv.account-id=${bindings.ACCOUNT_ID}
  cloudflare.kv.namespace-id=${bindings.NAMESPACE_ID}
  cloudflare.kv.api-token=${process.env.GATEWAY_SECRET === undefined ? bindings.GATEWAY_SECRET : "$GATEWAY_SECRET"}
  a page for logged-in users: ${url.origin}/edge`);
}
