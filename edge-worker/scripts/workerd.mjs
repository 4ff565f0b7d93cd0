/** Runs Workers in Cloudflare's own runtime on this machine, by miniflare. */
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The newest date that the pinned workerd knows is 2026-04-26; the same stands in `wrangler.toml`. */
export const COMPATIBILITY_DATE = "2026-04-26";

/** What every Worker of a local run has in common. `cf: false`: nothing is fetched from the internet. */
export function localOptions(port, kvPersist = false) {
  return { host: "127.0.0.1", port, cf: false, kvPersist, log: undefined };
}

/** The Worker as built, with its KV and its variables. */
export function edgeWorker(bindings, script = "dist/worker.js") {
  return {
    name: "edge",
    modules: true,
    modulesRoot: root,
    scriptPath: `${root}${script}`,
    compatibilityDate: COMPATIBILITY_DATE,
    kvNamespaces: { SESSIONS: "sessions" },
    bindings,
  };
}

export async function start(port, bindings, kvPersist, script) {
  const miniflare = new Miniflare({ ...localOptions(port, kvPersist), workers: [edgeWorker(bindings, script)] });
  try {
    return { miniflare, url: await miniflare.ready };
  } catch (failure) {
    await miniflare.dispose();
    throw failure;
  }
}
