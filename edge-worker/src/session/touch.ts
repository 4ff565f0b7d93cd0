import { waitUntil } from "cloudflare:workers";
import type { Env } from "../env";
import { passThrough } from "../pass-through";
import { cookieValues } from "./cookies";
import { cookieName } from "./credential";
import { localPath } from "./local-path";
import type { EdgeSession } from "./record";

/** Longest touch interval if `TOUCH_SECONDS` names none. Source: the library's `TouchPolicy`. */
const LONGEST_SECONDS = "3600";

/** The part of a session's own interval after which it is touched in any case. Same source. */
const DIVISOR = 10;

/** How long after a touch that failed the next one is due, in milliseconds; in the library as well. */
const RETRY_MS = 60_000;

/** Most sessions that an isolate remembers: some 3 MB of its 128. */
const MAX_TOUCHES = 10_000;

/** What the application is sent beside cookies: an id may come in the first, the others say whose request it was. */
const SENT = ["authorization", "cf-connecting-ip", "user-agent"];

interface Touch {
  /** When the next one may be sent, in epoch milliseconds. */
  next: number;
  /** The session cookie with its new life, as `Set-Cookie` has it, until a page takes it along. */
  renewed: readonly string[];
}

/** The touches of this isolate by the record's key, the oldest first. */
const touches = new Map<string, Touch>();

/** Says which variable is wrong if visits at the edge are to count, or returns `undefined`. */
export function touchMistake({ ORIGIN, TOUCH_PATH, TOUCH_SECONDS }: Env): string | undefined {
  if (!TOUCH_PATH) {
    return undefined;
  }
  if (localPath(TOUCH_PATH) === undefined) {
    return "TOUCH_PATH is no path such as /touch";
  }
  if (!/^[1-9]\d{0,8}$/.test(TOUCH_SECONDS || LONGEST_SECONDS)) {
    return "TOUCH_SECONDS is no whole number above 0";
  }
  return ORIGIN ? undefined : "TOUCH_PATH needs ORIGIN";
}

/**
 * Tells the application of a visit if a touch interval has passed since the last access that KV shows. It renews the
 * session then. No page waits for that, and what fails is tried again by a visit a minute later.
 */
export function touch(request: Request, env: Env, key: string, session: EdgeSession, now: number): void {
  const { TOUCH_PATH, TOUCH_SECONDS } = env;
  if (!TOUCH_PATH) {
    return;
  }
  const longest = Number(TOUCH_SECONDS || LONGEST_SECONDS);
  const { lastAccessedAt, maxInactiveInterval: idle } = session;
  const interval = (idle > 0 ? Math.min(longest, idle / DIVISOR) : longest) * 1000;
  const url = new URL(TOUCH_PATH, request.url);
  const { next = 0, renewed = [] } = touches.get(key) ?? {};
  // A touch that comes back to this Worker sends no other.
  if (now >= Math.max(next, lastAccessedAt + interval) && url.pathname !== new URL(request.url).pathname) {
    const sent: Touch = { next: now + Math.min(interval, RETRY_MS), renewed };
    touches.delete(key);
    touches.set(key, sent);
    if (touches.size > MAX_TOUCHES) {
      touches.delete(touches.keys().next().value as string);
    }
    waitUntil(send(url, request.headers, env, sent, now + interval));
  }
}

async function send(url: URL, visitor: Headers, env: Env, sent: Touch, next: number): Promise<void> {
  const name = cookieName(env);
  // The second one's name is from the library's `HandoffCookie`.
  const cookies = [name, `${name}-HANDOFF`].flatMap((one) =>
    cookieValues(visitor.get("cookie"), one).map((value) => `${one}=${value}`),
  );
  const headers = new Headers([...visitor].filter(([header]) => SENT.includes(header)));
  headers.set("cookie", cookies.join("; "));
  const init: RequestInit = { method: "HEAD", headers, redirect: "manual", cache: "no-store" };
  const { ok, status, headers: answer } = await passThrough(new Request(url, init), env);
  if (!ok) {
    console.error(`edge: TOUCH_PATH was answered with ${status}`);
  }
  // What the application refuses it refuses again, so that waits for the next interval.
  if (status < 500 && status !== 429) {
    sent.next = next;
    // Only what the browser has sent, as it is this session's: no other id, no removal.
    sent.renewed = answer.getSetCookie().filter((cookie) => cookies.includes(cookie.split(";")[0] as string));
  }
}

/** Adds to a page the session cookie that a touch has renewed since the page before. */
export function withRenewedCookie(page: Response, key: string): Response {
  const sent = touches.get(key);
  if (!sent?.renewed.length) {
    return page;
  }
  const changed = new Response(page.body, page);
  sent.renewed.forEach((cookie) => changed.headers.append("set-cookie", cookie));
  changed.headers.set("cache-control", "no-store");
  sent.renewed = [];
  return changed;
}
