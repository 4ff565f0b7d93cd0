/**
 * The Worker on this machine, in Cloudflare's own runtime, with KV on disk. Ends with its terminal, by
 * SIGINT or SIGTERM and, with `EXIT_WITH_STDIN=1`, when its standard input closes: for programs that
 * start it and may die.
 *
 * All of it may be set in the environment:
 *   PORT            8787; 0 for a free one, which is printed
 *   KV_PERSIST      .wrangler/kv, a folder; `memory` for none
 *   ORIGIN          the application behind the Worker
 *   and the Worker's own variables, see wrangler.toml
 */
import { buildWorker } from "./build.mjs";
import { root, start } from "./workerd.mjs";

/** Nothing secret: this Worker listens on 127.0.0.1 only. */
const DEFAULTS = {
  ACCOUNT_ID: "acc0000000000000000000000000e001",
  NAMESPACE_ID: "ce11000000000000000000000000e002",
  KEY_PREFIXES: "session: session-gone:",
  GATEWAY_SECRET: "local-gateway-secret-0000000000000000",
  GATEWAY_SECRET_PREVIOUS: "",
  ORIGIN: "",
  SESSION_PREFIX: "session:",
  SESSION_COOKIE: "SESSION",
  LOGIN_PATH: "/login",
};

const { PORT = "8787", KV_PERSIST = `${root}.wrangler/kv`, EXIT_WITH_STDIN } = process.env;

const bindings = Object.fromEntries(
  Object.entries(DEFAULTS).map(([name, value]) => [name, process.env[name] ?? value]),
);

await buildWorker();
const { miniflare, url } = await start(Number(PORT), bindings, KV_PERSIST === "memory" ? false : KV_PERSIST);

// Miniflare ends workerd on SIGINT and SIGTERM by itself.
if (EXIT_WITH_STDIN === "1") {
  process.stdin.resume();
  process.stdin.once("close", async () => {
    await miniflare.dispose();
    process.exit(0);
  });
}

console.log(`Ready on ${url.origin}
  cloudflare.kv.base-url=${url.origin}/client/v4
  cloudflare.kv.account-id=${bindings.ACCOUNT_ID}
  cloudflare.kv.namespace-id=${bindings.NAMESPACE_ID}
  cloudflare.kv.api-token=${process.env.GATEWAY_SECRET === undefined ? bindings.GATEWAY_SECRET : "$GATEWAY_SECRET"}
  a page for logged-in users: ${url.origin}/edge`);
