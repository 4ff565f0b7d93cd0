import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Application } from "./application";
import { BINDINGS, Server } from "./server";
import { cookie, NOW, record, SessionServer } from "./sessions";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Each test has a session of its own, because the Worker remembers those that it has touched. */
let session = 0;
let id = "";

beforeEach(() => {
  session++;
  id = `${session}`.padStart(43, "t");
});

describe("a visit at the edge", () => {
  const server = new SessionServer();
  const application = new Application();
  const due = NOW + HOUR;

  beforeEach(() => {
    application.asked = [];
    application.answer = { status: 204 };
    return server.put(`session:${id}`, record());
  });

  interface Visit {
    readonly path?: string;
    readonly env?: Record<string, string>;
    readonly headers?: Record<string, string>;
  }

  /** Visits a page; whatever the application does, it is served. */
  async function visit(now: number, { path = "/page", env = {}, headers = {} }: Visit = {}): Promise<Response> {
    const variables = { ORIGIN: application.origin, TOUCH_PATH: "/touch", ...env };
    const more = { "x-page": "", "x-now": `${now}`, "x-env": JSON.stringify(variables) };
    return server.fetch(path, { headers: { cookie: cookie(id), ...more, ...headers } });
  }

  async function served(now: number, how?: Visit): Promise<Response> {
    const answer = await visit(now, how);
    assert.equal(await answer.text(), "in");
    return answer;
  }

  const logOf = (answer: Response): unknown => JSON.parse(answer.headers.get("x-log") ?? "");

  it("asks the application for the path, as this visitor and with its session alone", async () => {
    const cookies = `theme=dark; ${cookie(id)}; SESSION-HANDOFF=sealed; SESSIONS=x; remember-me=y`;
    const headers = {
      cookie: cookies,
      "user-agent": "a browser",
      "cf-connecting-ip": "203.0.113.9",
      range: "bytes=0-1",
    };
    const answer = await served(due, { env: { TOUCH_PATH: "/touch?from=edge" }, headers });
    assert.deepEqual(logOf(answer), []);
    assert.equal(application.asked.length, 1);
    const [{ method, url, headers: sent }] = application.asked as [(typeof application.asked)[0]];
    assert.equal(method, "HEAD");
    assert.equal(url, "/touch?from=edge");
    assert.equal(sent.cookie, `${cookie(id)}; SESSION-HANDOFF=sealed`);
    assert.equal(sent["user-agent"], "a browser");
    assert.equal(sent["x-forwarded-for"], "203.0.113.9");
    assert.equal(sent["x-forwarded-host"], server.url.host);
    assert.equal(sent["x-forwarded-proto"], "http");
    assert.equal(sent["cache-control"], "no-cache");
    assert.equal(sent.range, undefined);
    assert.equal(sent.authorization, undefined);
  });

  it("counts for a session that came as a bearer's", async () => {
    await served(due, { headers: { cookie: "", authorization: `Bearer ${id}` } });
    assert.deepEqual(
      application.asked.map(({ headers }) => headers.authorization),
      [`Bearer ${id}`],
    );
  });

  for (const [maxInactiveInterval, TOUCH_SECONDS, seconds] of [
    [604_800, undefined, 3600],
    [604_800, "", 3600],
    [604_800, "60", 60],
    [604_800, "86400", 60_480],
    [1800, undefined, 180],
    [1800, "3600", 180],
    [1800, "60", 60],
    [0, undefined, 3600],
    [-1, "60", 60],
  ] as const) {
    const variables: Record<string, string> = TOUCH_SECONDS === undefined ? {} : { TOUCH_SECONDS };

    it(`counts after ${seconds} s of ${maxInactiveInterval} s idle time with ${JSON.stringify(variables)}`, async () => {
      await server.put(`session:${id}`, record({ maxInactiveInterval }));
      await served(NOW + seconds * SECOND - 1, { env: variables });
      assert.equal(application.asked.length, 0);
      await served(NOW + seconds * SECOND, { env: variables });
      assert.equal(application.asked.length, 1);
    });
  }

  it("counts once in a touch interval, though KV shows the old time for longer", async () => {
    for (const now of [due, due, due + MINUTE, due + HOUR - 1]) {
      await served(now);
      assert.equal(application.asked.length, 1);
    }
    await served(due + HOUR);
    assert.equal(application.asked.length, 2);
  });

  for (const status of [500, 502, 503, 429]) {
    it(`is served though the application answers with ${status}, and counts a minute later`, async () => {
      application.answer = { status };
      assert.deepEqual(logOf(await served(due)), [`edge: TOUCH_PATH was answered with ${status}`]);
      await served(due + MINUTE - 1);
      assert.equal(application.asked.length, 1);
      application.answer = { status: 204 };
      for (const now of [due + MINUTE, due + MINUTE + HOUR - 1]) {
        await served(now);
        assert.equal(application.asked.length, 2);
      }
    });
  }

  it("is served though the application is down, and counts when it is up", async () => {
    assert.deepEqual(logOf(await served(due, { env: { ORIGIN: "http://localhost:1" } })), [
      "edge: The application does not answer",
      "edge: TOUCH_PATH was answered with 502",
    ]);
    await served(due + MINUTE - 1);
    assert.equal(application.asked.length, 0);
    await served(due + MINUTE);
    assert.equal(application.asked.length, 1);
  });

  it("is tried again after a touch interval that is shorter than a minute", async () => {
    application.answer = { status: 503 };
    await served(due, { env: { TOUCH_SECONDS: "10" } });
    await served(due + 10 * SECOND, { env: { TOUCH_SECONDS: "10" } });
    assert.equal(application.asked.length, 2);
  });

  for (const status of [302, 401, 404]) {
    it(`is not repeated before the next touch interval if the answer is ${status}`, async () => {
      application.answer = { status, headers: { location: "/login" } };
      assert.deepEqual(logOf(await served(due)), [`edge: TOUCH_PATH was answered with ${status}`]);
      await served(due + HOUR - 1);
      assert.deepEqual(
        application.asked.map(({ url }) => url),
        ["/touch"],
      );
    });
  }

  for (const [what, stored] of [
    ["no user", { claimNames: [] }],
    ["no user's name", { userId: "" }],
    ["an end that has passed", { expiresAt: due }],
    ["a newer schema", { schema: 2 }],
  ] as const) {
    it(`does not count for a session with ${what}`, async () => {
      await server.put(`session:${id}`, record(stored));
      assert.equal((await visit(due)).status, 303);
      assert.equal(application.asked.length, 0);
    });
  }

  it("does not count for a session that is gone, or was never there", async () => {
    await server.put(`session-gone:${id}`, "{}");
    assert.equal((await visit(due)).status, 303);
    assert.equal((await visit(due, { headers: { cookie: cookie("n".repeat(43)) } })).status, 303);
    assert.equal(application.asked.length, 0);
  });

  it("does not count without TOUCH_PATH", async () => {
    for (const TOUCH_SECONDS of ["60", "none"]) {
      const answer = await served(due, { env: { TOUCH_PATH: "", TOUCH_SECONDS, ORIGIN: "" } });
      assert.deepEqual(logOf(answer), []);
    }
    assert.equal(application.asked.length, 0);
  });

  it("does not count on the touch's own path, which may lead to this Worker", async () => {
    await served(due, { path: "/touch?a" });
    assert.equal(application.asked.length, 0);
    await served(due, { path: "/touch/" });
    assert.equal(application.asked.length, 1);
  });

  for (const [variables, message] of [
    [{ TOUCH_PATH: "touch" }, "TOUCH_PATH is no path such as /touch"],
    [{ TOUCH_PATH: "https://app.example.com/touch" }, "TOUCH_PATH is no path such as /touch"],
    [{ TOUCH_PATH: "//evil.example/touch" }, "TOUCH_PATH is no path such as /touch"],
    [{ TOUCH_PATH: " /touch" }, "TOUCH_PATH is no path such as /touch"],
    [{ TOUCH_SECONDS: "0" }, "TOUCH_SECONDS is no whole number above 0"],
    [{ TOUCH_SECONDS: "-60" }, "TOUCH_SECONDS is no whole number above 0"],
    [{ TOUCH_SECONDS: "1h" }, "TOUCH_SECONDS is no whole number above 0"],
    [{ TOUCH_SECONDS: "1e3" }, "TOUCH_SECONDS is no whole number above 0"],
    [{ TOUCH_SECONDS: "1".repeat(10) }, "TOUCH_SECONDS is no whole number above 0"],
    [{ ORIGIN: "" }, "TOUCH_PATH needs ORIGIN"],
  ] as const) {
    it(`is 502 with ${JSON.stringify(variables)}, and the log says why`, async () => {
      for (const headers of [{}, { cookie: "" }]) {
        const answer = await visit(due, { env: variables, headers });
        assert.equal(answer.status, 502);
        assert.equal(await answer.text(), `${message}.\n`);
        assert.deepEqual(logOf(answer), [`edge: ${message}`]);
      }
      assert.equal(application.asked.length, 0);
    });
  }

  it("says in no log and no answer which session it is", async () => {
    application.answer = { status: 503, headers: { "x-id": id, location: `/${id}` } };
    for (const ORIGIN of [application.origin, "http://localhost:1", "nowhere"]) {
      const answer = await served(due + HOUR * application.asked.length, { env: { ORIGIN } });
      assert.doesNotMatch(JSON.stringify([...answer.headers]), new RegExp(`${id}|${btoa(id)}`));
    }
  });

  it("is remembered for the 10,000 sessions that were touched last", async () => {
    const touched = async (users: string, now: number): Promise<unknown> => {
      const variables = { ORIGIN: "nowhere", TOUCH_PATH: "/touch" };
      const headers = { "x-crowd": users, "x-now": `${now}`, "x-env": JSON.stringify(variables) };
      return (await server.fetch("/", { method: "POST", body: record(), headers })).json();
    };
    assert.equal(await touched("1-10000", due), 10_000);
    assert.equal(await touched("1-10000", due), 0);
    assert.equal(await touched("1-1", due + MINUTE), 1);
    assert.equal(await touched("10001-10001", due), 1);
    assert.equal(await touched("1-1", due + MINUTE), 0);
    assert.equal(await touched("3-10001", due), 0);
    assert.equal(await touched("2-2", due), 1);
  });
});

describe("a session cookie with a new life", () => {
  const server = new SessionServer();
  const application = new Application();
  let renewed = "";
  let env = {};

  beforeEach(() => {
    application.asked = [];
    renewed = `${cookie(id)}; Max-Age=604800; Path=/; HttpOnly`;
    env = { ORIGIN: application.origin, TOUCH_PATH: "/touch" };
    return server.put(`session:${id}`, record());
  });

  /** The cookies that come with a page. */
  async function cookies(now: number, headers: Record<string, string> = { cookie: cookie(id) }): Promise<string[]> {
    const more = { "x-page": "", "x-now": `${now}`, "x-env": JSON.stringify(env) };
    const answer = await server.fetch("/page", { headers: { ...more, ...headers } });
    assert.equal(await answer.text(), "in");
    const all = answer.headers.getSetCookie();
    assert.equal(answer.headers.get("cache-control"), all.length > 1 ? "no-store" : null);
    assert.equal(all[0], "theme=dark");
    return all.slice(1);
  }

  it("reaches the browser with the next page, once", async () => {
    application.answer = { status: 204, headers: { "set-cookie": ["a=1", renewed, "SESSION-HANDOFF=new; Path=/"] } };
    assert.deepEqual(await cookies(NOW + HOUR), []);
    assert.deepEqual(await cookies(NOW + HOUR), [renewed]);
    assert.deepEqual(await cookies(NOW + HOUR), []);
  });

  it("reaches no other session's browser", async () => {
    application.answer = { status: 204, headers: { "set-cookie": renewed } };
    await cookies(NOW + HOUR);
    const other = "o".repeat(43);
    await server.put(`session:${other}`, record());
    assert.deepEqual(await cookies(NOW, { cookie: cookie(other) }), []);
    assert.deepEqual(await cookies(NOW), [renewed]);
  });

  it("waits for the next page though a touch comes between", async () => {
    application.answer = { status: 204, headers: { "set-cookie": renewed } };
    await cookies(NOW + HOUR);
    application.answer = { status: 503 };
    assert.deepEqual(await cookies(NOW + 2 * HOUR), [renewed]);
    assert.equal(application.asked.length, 2);
  });

  it("is none if it removes the session's cookie, or holds another id", async () => {
    for (const [hour, header] of ["SESSION=; Max-Age=0", `${cookie("o".repeat(43))}; Path=/`, "SESSION"].entries()) {
      application.answer = { status: 204, headers: { "set-cookie": header } };
      await cookies(NOW + (hour + 1) * HOUR);
      assert.equal(application.asked.length, hour + 1);
      assert.deepEqual(await cookies(NOW + (hour + 1) * HOUR), []);
    }
  });
});

describe("a page at the edge", () => {
  const application = new Application();
  const server = new Server();

  it("does not wait for the application", async () => {
    await server.restart({ ...BINDINGS, ORIGIN: application.origin, TOUCH_PATH: "/touch" });
    const lastAccessedAt = Date.now() - HOUR;
    await server.put(`session:${id}`, record({ lastAccessedAt, expiresAt: Date.now() + HOUR }));
    const asked = new Promise<void>((resolve) => (application.onAsked = resolve));
    let open = (): void => {};
    application.gate = new Promise<void>((resolve) => (open = resolve));
    const answer = await server.fetch("/edge", { headers: { cookie: cookie(id) } });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Hello octocat/);
    await asked;
    open();
  });
});
