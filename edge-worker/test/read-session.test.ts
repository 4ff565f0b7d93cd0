import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { cookie, ID, NOW, record, SessionServer } from "./sessions";

const SESSION = {
  userId: "583231",
  claims: { userId: "583231", githubUsername: "octocat" },
  createdAt: NOW,
  lastAccessedAt: NOW,
  expiresAt: NOW + 604_800_000,
  maxInactiveInterval: 604_800,
};

describe("reading a session", () => {
  const server = new SessionServer();

  beforeEach(async () => {
    await server.put(`session:${ID}`, record());
    await server.kv("DELETE", `/values/session-gone:${ID}`);
  });

  it("tells who it is, by cookie in Base64 or plain, or by bearer", async () => {
    for (const headers of [
      { cookie: cookie(ID) },
      { cookie: `SESSION=${ID}` },
      { cookie: `theme=dark; SESSION="${ID}"; x` },
      { cookie: cookie(ID).replace(/=+$/, "") },
      { authorization: `Bearer ${ID}` },
      { authorization: `bEARER ${ID}` },
      { authorization: `Bearer ${"f".repeat(43)}`, cookie: cookie(ID) },
      { authorization: `Bearer ${Buffer.from(ID).toString("base64")}`, cookie: cookie("f".repeat(43)) },
    ]) {
      const { session } = await server.check(headers as Record<string, string>);
      assert.ok(session !== null);
      const { attributes, ...rest } = session;
      assert.deepEqual(rest, SESSION);
      assert.deepEqual(Object.keys(attributes), ["SPRING_SECURITY_CONTEXT", "cart"]);
    }
  });

  it("takes ids of other generators", async () => {
    for (const id of [
      "123e4567-e89b-12d3-a456-426614174000",
      "0123456789abcdef",
      "a.b_c~d-0123456789",
      "n".repeat(128),
    ]) {
      await server.put(`session:${id}`, record());
      assert.ok((await server.check({ cookie: cookie(id) })).session !== null, id);
      assert.ok((await server.check({ cookie: `SESSION=${id}` })).session !== null, id);
    }
  });

  it("finds the one that is in order among several cookies", async () => {
    const stale = cookie("S".repeat(43));
    const both = { cookie: `${stale}; ${cookie(ID)}` };
    assert.ok((await server.check(both)).session !== null);
    assert.equal((await server.check(both, SESSION.expiresAt)).reason, "absent");
    assert.equal((await server.check({ cookie: `${cookie(ID)}; ${stale}` }, SESSION.expiresAt)).reason, "expired");
  });

  for (const headers of [
    {},
    { cookie: "" },
    { cookie: "SESSION=" },
    { cookie: `session=${ID}` },
    { cookie: `SESSION-HANDOFF=${ID}` },
    { cookie: "SESSION=../../keys-of-others" },
    { cookie: `SESSION=${"n".repeat(129)}` },
    { cookie: "SESSION=short" },
    { cookie: `SESSION=${Buffer.from("session:with:colons:inside").toString("base64")}` },
    { cookie: `SESSION=${Buffer.from("x/../../../secret-of-others").toString("base64")}` },
    { authorization: `Basic ${ID}` },
    { authorization: "Bearer" },
  ] as Record<string, string>[]) {
    it(`takes ${JSON.stringify(headers).slice(0, 60)} for a stranger's`, async () => {
      assert.deepEqual(await server.check(headers), { session: null, reason: "no-credential" });
    });
  }

  it("costs one read of a cache of 30 seconds, and none for a stranger", async () => {
    const asked = async (cookies: string) => (await server.asked({ cookie: cookies })).headers.get("x-asked");
    assert.equal(await asked(cookie(ID)), '[{"keys":3,"type":"text","cacheTtl":30}]');
    const many = Array.from({ length: 11 }, (_, index) => cookie("abcdefghijk".charAt(index).repeat(43))).join(";");
    assert.equal(await asked(many), '[{"keys":30,"type":"text","cacheTtl":30}]');
    assert.equal(await asked("SESSION=x; theme=dark"), "[]");
  });

  it("sends nobody to the login while KV does not answer", async () => {
    const answer = await server.fetch("/a", { headers: { cookie: cookie(ID), "x-page": "", "x-kv-fails": "down" } });
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("retry-after"), "2");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal((await server.fetch("/a", { headers: { "x-page": "", "x-kv-fails": "down" } })).status, 303);
  });

  it("keeps what the login's path asks already", async () => {
    const headers = { "x-page": "", "x-env": JSON.stringify({ LOGIN_PATH: "/login?lang=de" }) };
    const answer = await server.fetch("/a?b=1", { headers });
    assert.equal(answer.headers.get("location"), "/login?lang=de&next=%2Fa%3Fb%3D1");
  });

  it("refuses what is absent, expired or ended", async () => {
    const headers = { cookie: cookie(ID) };
    assert.ok((await server.check(headers, SESSION.expiresAt - 1)).session !== null);
    assert.equal((await server.check(headers, SESSION.expiresAt)).reason, "expired");
    assert.equal((await server.check({ cookie: cookie("A".repeat(43)) })).reason, "absent");
    for (const [kind, reason] of [
      ["gone", "deleted"],
      ["renamed", "renamed"],
      ["gone", "renamed"], // as an earlier version of the library told it
    ]) {
      await server.put(`session-${kind}:${ID}`, JSON.stringify({ schema: 1, at: NOW, reason }));
      assert.equal((await server.check(headers)).reason, "gone");
      await server.kv("DELETE", `/values/session-${kind}:${ID}`);
    }
  });

  it("knows sessions that never end, and sessions of nobody yet", async () => {
    await server.put(`session:${ID}`, record({ expiresAt: undefined, claimNames: undefined, userId: undefined }));
    const { session } = await server.check({ cookie: cookie(ID) }, NOW * 5);
    assert.equal(session?.expiresAt, null);
    assert.equal(session?.userId, null);
    assert.deepEqual(session?.claims, {});
  });

  for (const [changes, reason] of [
    [{ schema: 2 }, "newer-schema"],
    [{ schema: 2, attributes: 5, createdAt: "x" }, "newer-schema"],
    [{ schema: 0 }, "unreadable"],
    [{ schema: "1" }, "unreadable"],
    [{ schema: undefined }, "unreadable"],
    [{ createdAt: -1 }, "unreadable"],
    [{ createdAt: null }, "unreadable"],
    [{ expiresAt: "never" }, "unreadable"],
    [{ expiresAt: 1e300 }, "unreadable"],
    [{ expiresAt: 0 }, "expired"],
    [{ expiresAt: null }, "unreadable"],
    [{ createdAt: 221_845_392_000_000 }, "unreadable"],
    [{ rev: undefined }, "unreadable"],
    [{ writer: 5 }, "unreadable"],
    [{ lastAccessedAt: undefined }, "unreadable"],
    [{ maxInactiveInterval: undefined }, "unreadable"],
    [{ attributes: { a: { json: 1 } } }, "unreadable"],
    [{ claimNames: [null] }, "unreadable"],
    [{ attributes: [] }, "unreadable"],
    [{ attributes: { a: 1 } }, "unreadable"],
  ] as const) {
    it(`refuses a record with ${JSON.stringify(changes)} as ${reason}`, async () => {
      await server.put(`session:${ID}`, record(changes));
      assert.deepEqual(await server.check({ cookie: cookie(ID) }), { session: null, reason });
    });
  }

  for (const text of ["", "{", "null", "[]", "1", '"text"', "<html>", `${record()}x`, "\u0000"]) {
    it(`refuses ${JSON.stringify(text).slice(0, 20)} as unreadable`, async () => {
      await server.put(`session:${ID}`, text);
      assert.deepEqual(await server.check({ cookie: cookie(ID) }), { session: null, reason: "unreadable" });
    });
  }

  it("takes no field for a claim that is not named as one", async () => {
    const reserved = ["schema", "rev", "writer", "createdAt", "lastAccessedAt", "expiresAt", "maxInactiveInterval"];
    const others = [
      "maxInactiveIntervalAt",
      "claimNames",
      "attributes",
      "removed",
      "__proto__",
      "constructor",
      "absent",
    ];
    const claimNames = [...reserved, ...others, "roles"];
    await server.put(`session:${ID}`, record({ claimNames, roles: ["user"], maxInactiveIntervalAt: "x" }));
    const { session } = await server.check({ cookie: cookie(ID) });
    assert.deepEqual(session?.claims, { roles: ["user"] });
    assert.equal(session?.userId, null);
  });

  it("opens what is stored in another form", async () => {
    await server.put(`session:${ID}`, `sealed ${record()}`);
    const headers = { cookie: cookie(ID) };
    assert.equal((await server.check({ ...headers, "x-sealed": "sealed " })).session?.userId, "583231");
    assert.equal((await server.check({ ...headers, "x-sealed": "other " })).reason, "unreadable");
    assert.equal((await server.check(headers)).reason, "unreadable");
  });

  it("names the login page as configured, and no way back to another origin", async () => {
    const location = async (path: string) =>
      (await server.fetch(path, { headers: { "x-page": "", "x-env": '{"LOGIN_PATH":"/sign-in"}' } })).headers.get(
        "location",
      );
    assert.equal(await location("/a"), "/sign-in?next=%2Fa");
    assert.equal(await location("//evil.example/a"), "/sign-in");
  });
});
