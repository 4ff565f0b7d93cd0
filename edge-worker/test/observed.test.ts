import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cookie, ID, record, SessionServer } from "./sessions";

/** workerd on one machine keeps no cache; what is asked for is all there is to see. */
describe("reads of the gateway", () => {
  const server = new SessionServer();

  for (const [method, path, body] of [
    ["GET", "/values/session:a"],
    ["GET", "/metadata/session:a"],
    ["POST", "/bulk/get", { keys: ["session:a"] }],
    ["POST", "/bulk/get", { keys: ["session:a"], withMetadata: true }],
  ] as const) {
    it(`${path} of ${JSON.stringify(body)} may come from a cache of 30 seconds`, async () => {
      const answer = await server.kv(method, path, body === undefined ? undefined : JSON.stringify(body));
      const asked = JSON.parse(answer.headers.get("x-asked") ?? "") as { cacheTtl: number }[];
      assert.deepEqual(
        asked.map(({ cacheTtl }) => cacheTtl),
        [30],
      );
    });
  }
});

describe("the log", () => {
  const server = new SessionServer();

  const log = async (headers: Record<string, string>): Promise<unknown> =>
    JSON.parse((await server.kv("GET", "/values/session:a", undefined, headers)).headers.get("x-log") ?? "");

  it("says of what kind a failure was, and no key", async () => {
    const failure = "KV GET failed: 503 session:a is not to be had";
    assert.deepEqual(await log({ "x-kv-fails": failure }), ["gateway: KV GET failed: 503"]);
    assert.deepEqual(await log({ "x-kv-fails": "session:a" }), ["gateway: Error"]);
  });

  it("says what is not configured, and no value", async () => {
    const short = JSON.stringify({ GATEWAY_SECRET: "short-secret", GATEWAY_SECRET_PREVIOUS: "" });
    const unset = JSON.stringify({ ACCOUNT_ID: "<account id>" });
    assert.deepEqual(await log({ "x-env": short }), ["gateway: closed: no random secret of 32 characters"]);
    assert.deepEqual(await log({ "x-env": unset }), [
      "gateway: not configured: ACCOUNT_ID is not an id of 32 hex characters",
    ]);
  });

  it("does not name a session either", async () => {
    const answer = await server.fetch("/edge", { headers: { cookie: cookie(ID), "x-kv-fails": `session:${ID}` } });
    assert.equal(answer.headers.get("x-log"), '["edge: no session can be read: Error"]');
  });
});

describe("the README's example", () => {
  const server = new SessionServer();
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

  it("is compiled with the tests", () => {
    const shown = /```ts\n(.*?)```/s.exec(read("README.md"))?.[1];
    assert.equal(shown, read("test/workers/example.ts").replaceAll("../../src/", "./"));
  });

  it("knows who it is", async () => {
    const times = { createdAt: Date.now() - 1000, expiresAt: Date.now() + 60_000 };
    await server.put(`session:${ID}`, record({ ...times, claimNames: ["userId", "email"], email: "octo@example.org" }));
    const answer = await server.fetch("/account", { headers: { cookie: cookie(ID) } });
    assert.equal(await answer.text(), "583231 octo@example.org");
    assert.equal((await server.fetch("/account")).status, 303);
  });
});
