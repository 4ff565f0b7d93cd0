import type { Env } from "../env";

/**
 * Hands a request to the application behind the Worker, and its answer back as it is, redirects included.
 * Only the origin is replaced: a path such as `//host/` must not choose another one.
 */
export async function passThrough(request: Request, env: Env): Promise<Response> {
  if (env.ORIGIN === undefined || env.ORIGIN === "") {
    return new Response("Not found\n", { status: 404 });
  }
  const url = new URL(request.url);
  const { host, protocol } = url;
  const origin = new URL(env.ORIGIN);
  url.protocol = origin.protocol;
  url.host = origin.host;
  url.port = origin.port;
  const forwarded = new Request(new Request(url, request), { redirect: "manual" });
  forwarded.headers.set("x-forwarded-host", host);
  forwarded.headers.set("x-forwarded-proto", protocol.slice(0, -1));
  try {
    return await fetch(forwarded);
  } catch {
    console.error("edge: the application does not answer");
    return new Response("The application does not answer.\n", { status: 502 });
  }
}
