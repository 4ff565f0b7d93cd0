import type { Env } from "./env";

/**
 * What a visitor could name another host or address by: Spring asks `Forwarded` before it asks the headers set here.
 * `Expect` asks the next server, which is this one.
 */
const DROPPED = [
  "expect",
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
  if (!env.ORIGIN) {
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

/** Answers, and logs, what is wrong between this Worker and the application. */
export function badGateway(why: string): Response {
  console.error(`edge: ${why}`);
  return new Response(`${why}.\n`, { status: 502 });
}

function forwarded(request: Request, origin: URL): Request {
  const url = new URL(request.url);
  const { host, port, protocol } = url;
  url.protocol = origin.protocol;
  url.host = origin.host;
  url.port = origin.port;
  const changed = new Request(url, request);
  const { headers } = changed;
  DROPPED.forEach((name) => headers.delete(name));
  headers.set("x-forwarded-host", host);
  // It has a header of its own, for Tomcat does not take it from the host.
  headers.set("x-forwarded-port", port || (protocol === "https:" ? "443" : "80"));
  headers.set("x-forwarded-proto", protocol.slice(0, -1));
  const address = headers.get(ADDRESS);
  if (address !== null) {
    headers.set("x-forwarded-for", address);
  }
  return changed;
}
