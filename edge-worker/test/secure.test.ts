import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { type Checked, SessionServer } from "./sessions";

interface Case {
  name: string;
  id: string;
  stored?: string;
  env: Record<string, string>;
  record: string;
  now: number;
}

const KEY = "a:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

/** A session of the Java library with all three protections. */
const ALL = vector("sealed-records.json", "signed, hashed and sealed");

const SEALED = vector("sealed-records.json", "sealed");

const TENANT = vector("protected-ids.json", "a tenant's");

describe("reading a protected session", () => {
  const server = new SessionServer();

  before(async () => {
    for (const { id, stored = id, record } of [ALL, SEALED, TENANT]) {
      await server.put(`session:${stored}`, record);
    }
  });

  it("tells who it is, by cookie in Base64 or plain, or by bearer", async () => {
    for (const headers of [base64(ALL.id), { cookie: `SESSION=${ALL.id}` }, { authorization: `Bearer ${ALL.id}` }]) {
      const { session, asked } = await check(ALL, headers as Record<string, string>);
      assert.equal(session?.userId, "583231");
      assert.equal(asked, '[{"keys":3,"type":"text","cacheTtl":30}]');
    }
  });

  it("costs no read if any character of the id is another one", async () => {
    for (let at = 0; at < ALL.id.length; at++) {
      for (const changed of [replaced(ALL.id, at), ALL.id.slice(0, at) + ALL.id.slice(at + 1), ALL.id.slice(0, at)]) {
        const { reason, asked } = await check(ALL, { cookie: `SESSION=${changed}` });
        assert.deepEqual([reason, asked], ["no-credential", "[]"], `${at}`);
      }
    }
  });

  it("reads a good one beside made-up ones in a single call", async () => {
    const made = replaced(ALL.id, ALL.id.length - 3);
    const { session, asked } = await check(ALL, { cookie: `SESSION=${made}; SESSION=${ALL.id}` });
    assert.equal(session?.userId, "583231");
    assert.equal(asked, '[{"keys":3,"type":"text","cacheTtl":30}]');
  });

  it("refuses a record of which any character is another one, or the end is missing", async () => {
    const { record, id, env, now } = ALL;
    const places = Array.from(record, (_, at) => at);
    const texts = [...places.map((at) => replaced(record, at)), ...places.map((at) => record.slice(0, at)), record];
    const headers = { ...base64(id), "x-secure": "", "x-now": `${now}`, "x-env": JSON.stringify(env) };
    const answer = await server.fetch("/each", { method: "POST", headers, body: JSON.stringify(texts) });
    const checks = (await answer.json()) as Checked[];
    assert.equal(checks.pop()?.session?.userId, "583231");
    assert.equal(checks.length, 2 * record.length);
    checks.forEach(({ reason }, index) => assert.equal(reason, "unreadable", texts[index]));
  });

  it("refuses what another namespace's application made, in each of the protections", async () => {
    const env = { NAMESPACE_ID: "ce11000000000000000000000000e003" };
    const { reason, asked } = await check(ALL, base64(ALL.id), env);
    assert.deepEqual([reason, asked], ["no-credential", "[]"]);
    assert.equal((await check(SEALED, base64(SEALED.id), env)).reason, "unreadable");
  });

  it("logs the name of a key that it does not have", async () => {
    const { reason, log } = await check(SEALED, base64(SEALED.id), { SESSION_KEYS: KEY.replace("a:", "c:") });
    assert.equal(reason, "unreadable");
    assert.deepEqual(log, ["edge: a record is sealed with the key 'a', which SESSION_KEYS does not have"]);
  });

  it("lets a session count on the pages of its tenant only", async () => {
    const at = (tenant: string, { id, env }: Case) =>
      check(TENANT, { cookie: `SESSION=${id}`, "x-secure": tenant }, { ...env, SESSION_REQUIRED: "" });
    assert.ok((await at("", TENANT)).session !== null);
    assert.ok((await at("acme", TENANT)).session !== null);
    for (const { reason, asked } of [
      await at("other", TENANT),
      await at("acme", vector("protected-ids.json", "signed")),
      await at("acme", SEALED),
    ]) {
      assert.deepEqual([reason, asked], ["no-credential", "[]"]);
    }
  });

  it("serves its pages, and the Worker's other paths", async () => {
    const headers = { ...base64(ALL.id), "x-secure": "", "x-env": JSON.stringify(ALL.env) };
    const answer = await server.fetch("/edge", { headers });
    assert.equal(answer.status, 303, "it has expired");
    assert.equal((await server.fetch("/", { headers })).status, 404);
    assert.equal((await server.fetch("/edge", { headers: { ...headers, cookie: "" } })).status, 303);
  });

  for (const [env, mistake] of [
    [{ SESSION_KEYS: "a" }, "SESSION_KEYS: key 1 is malformed. Write name:base64, "],
    [{ SESSION_KEYS: `${KEY},` }, "SESSION_KEYS: key 2 is malformed. Write name:base64, "],
    [{ SESSION_KEYS: KEY.replace("a:", "A:") }, "SESSION_KEYS: key 1 is malformed. Write name:base64, "],
    [{ SESSION_KEYS: "a:SECRET!" }, "SESSION_KEYS: key 1 is not Base64. "],
    [{ SESSION_KEYS: "a:SECRETaa" }, "SESSION_KEYS: key 1 has 6 bytes, and needs at least 32. "],
    [{ SESSION_KEYS: `a:${"A".repeat(43)}=` }, "SESSION_KEYS: key 1 is not random. "],
    [{ SESSION_SIGNING_KEYS: `${KEY}, ${KEY}` }, "SESSION_SIGNING_KEYS: key 2 has the name of another one"],
    [{ SESSION_KEYS: `${KEY},`.repeat(17) }, "SESSION_KEYS: there must be at most 16 keys, and there are 18"],
    [{ SESSION_KEYS: KEY, NAMESPACE_ID: "<namespace id>" }, "SESSION_KEYS needs NAMESPACE_ID, which is not an id"],
    [{ SESSION_REQUIRED: "sealed" }, "SESSION_REQUIRED says sealed, which needs the secret SESSION_KEYS"],
    [
      { SESSION_REQUIRED: "hashed signed" },
      "SESSION_REQUIRED says signed, which needs the secret SESSION_SIGNING_KEYS",
    ],
    [{ SESSION_REQUIRED: "toString" }, "SESSION_REQUIRED names something else than signed, hashed and sealed"],
  ] as [Record<string, string>, string][]) {
    it(`says what is wrong: ${mistake}`, async () => {
      const headers = { ...base64(SEALED.id), "x-page": "", "x-secure": "", "x-env": JSON.stringify(env) };
      const answer = await server.fetch("/a", { headers });
      const text = await answer.text();
      assert.equal(answer.status, 502);
      assert.ok(text.startsWith(mistake), text);
      assert.ok(!/SECRET[!a]|QUJD|AAAA/.test(text), text);
      assert.deepEqual(JSON.parse(answer.headers.get("x-log") ?? ""), [`edge: ${text.slice(0, -2)}`]);
      assert.equal(answer.headers.get("x-asked"), "[]");
      assert.equal((await server.fetch("/check", { headers: { ...headers, "x-page": "" } })).status, 502);
    });
  }

  it("takes several keys with blanks between them, and the URL's Base64", async () => {
    const keys = `${KEY.replace("a:", "c:").replace("QU", "-_")} , ${KEY}`;
    assert.equal((await check(SEALED, base64(SEALED.id), { SESSION_KEYS: keys })).session?.userId, "583231");
  });

  async function check(
    { env, now }: Case,
    headers: Record<string, string> = base64(ALL.id),
    other: Record<string, string> = {},
  ) {
    const all = { "x-secure": "", "x-env": JSON.stringify({ ...env, ...other }), ...headers };
    const answer = await server.asked(all, now);
    const { session, reason } = (await answer.json()) as Checked;
    const log = JSON.parse(answer.headers.get("x-log") ?? "") as string[];
    return { session, reason, asked: answer.headers.get("x-asked"), log };
  }
});

function vector(file: string, name: string): Case {
  const text = readFileSync(new URL(`../vectors/java/${file}`, import.meta.url), "utf8");
  const found = (JSON.parse(text) as { cases: Case[] }).cases.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return found;
}

function replaced(text: string, at: number): string {
  return text.slice(0, at) + (text.charAt(at) === "A" ? "B" : "A") + text.slice(at + 1);
}

function base64(id: string): Record<string, string> {
  return { cookie: `SESSION=${Buffer.from(id).toString("base64")}` };
}
