import type { Env } from "../env";

/** What a visitor could name another host or address by: Spring asks `Forwarded` before it asks the headers set here. */
const UNTRUSTED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-prefix",
  "x-forwarded-ssl",
  "x-real-ip",
  "true-client-ip",
];

/** The visitor's address. Set by Cloudflare, whatever the visitor sends. */
const ADDRESS = "cf-connecting-ip";

/**
 * Hands a request to the application behind the Worker, and its answer back as it is, redirects included.
 * Only the origin is replaced: a path such as `//host/` must not choose another one.
 */
export async function passThrough(request: Request, env: Env): Promise<Response> {
  if (env.ORIGIN === undefined || env.ORIGIN === "") {
    return new Response("Not found\n", { status: 404 });
  }
  if (!/^https?:\/\//.test(env.ORIGIN) || !URL.canParse(env.ORIGIN)) {
    return badGateway("The application's address in ORIGIN is no URL");
  }
  try {
    return await fetch(forwarded(request, new URL(env.ORIGIN)));
  } catch {
    return badGateway("The application does not answer");
  }
}

function badGateway(why: string): Response {
  console.error(`edge: ${why}`);
  return new Response(`${why}.\n`, { status: 502 });
}

function forwarded(request: Request, origin: URL): Request {
  const url = new URL(request.url);
  const forwards = forwardsOf(url);
  url.protocol = origin.protocol;
  url.host = origin.host;
  url.port = origin.port;
  const changed = new Request(url, request);
  // It asks the next server, which is this one.
  changed.headers.delete("expect");
  UNTRUSTED.forEach((name) => changed.headers.delete(name));
  Object.entries(forwards).forEach(([name, value]) => changed.headers.set(name, value));
  const address = changed.headers.get(ADDRESS);
  if (address !== null) {
    changed.headers.set("x-forwarded-for", address);
  }
  return changed;
}

/** The port has a header of its own, for Tomcat does not take it from the host. */
function forwardsOf({ host, port, protocol }: URL): Record<string, string> {
  return {
    "x-forwarded-host": host,
    "x-forwarded-port": port || (protocol === "https:" ? "443" : "80"),
    "x-forwarded-proto": protocol.slice(0, -1),
  };
}
