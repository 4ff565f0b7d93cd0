import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { describe, it } from "node:test";
import { rawRequest } from "./raw";
import {
  ACCOUNT_ID,
  BINDINGS,
  envelope,
  NAMESPACE,
  NAMESPACE_ID,
  PREVIOUS_SECRET,
  refusal,
  SECRET,
  Server,
} from "./server";

const KEY = "/values/session%3Ak";

const MEBIBYTE = 1024 * 1024;

describe("the gate", () => {
  const server = new Server();

  const as = (authorization: string, path = NAMESPACE + KEY) =>
    server.fetch(path, { method: "PUT", body: "v", headers: { authorization } });

  it("opens to the current and to the previous secret", async () => {
    assert.equal((await as(`Bearer ${SECRET}`)).status, 200);
    assert.equal((await as(`Bearer ${PREVIOUS_SECRET}`)).status, 200);
  });

  for (const wrong of [
    ...["Bearer wrong", "Bearer ", "Bearer", SECRET, `bearer ${SECRET}`, `Basic ${SECRET}`, `Bearer ${SECRET}x`],
    ...[`Bearer ${SECRET.slice(1)}`, `Bearer  ${SECRET}`, "Bearer undefined", `Bearer ${"x".repeat(8000)}`],
  ]) {
    it(`is closed to '${wrong.slice(0, 45)}'`, async () => {
      assert.equal(await refusal(await as(wrong)), "401/10000");
      assert.equal(await refusal(await as(wrong, "/client/v4/nowhere")), "401/10000");
    });
  }

  it("is closed to no secret and to two, right ones too", async () => {
    assert.equal(await refusal(await server.fetch(NAMESPACE + KEY)), "400/9106");
    for (const [first, second] of [
      [SECRET, SECRET],
      [SECRET, "wrong"],
      ["wrong", SECRET],
    ]) {
      const twice = { authorization: [`Bearer ${first}`, `Bearer ${second}`] };
      assert.equal(await refusal(await rawRequest(server.url, "GET", NAMESPACE + KEY, twice)), "401/10000");
    }
  });

  it("does not read for ever what a stranger sends", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += MEBIBYTE;
        // Ends some time, so that a gate without an end fails this test and does not hang it.
        return sent > 300 * MEBIBYTE ? controller.close() : controller.enqueue(new Uint8Array(MEBIBYTE));
      },
    });
    const init = { method: "PUT", headers: { authorization: "Bearer wrong" }, body: endless, duplex: "half" };
    const answer = await server.fetch(server.path("/bulk"), init as RequestInit).catch(() => undefined);
    assert.ok(answer === undefined || answer.status === 401);
    assert.ok(sent < 200 * MEBIBYTE, `${sent}`);
  });

  it("does not wait for ever for what a stranger sends", async () => {
    const headers = { "content-length": 1_000_000 };
    const options = { host: server.url.hostname, port: server.url.port, method: "PUT", path: NAMESPACE + KEY, headers };
    const slow = request(options);
    slow.write("v");
    const [answer] = (await once(slow, "response")) as [IncomingMessage];
    assert.equal(answer.statusCode, 400);
    slow.on("error", () => undefined).destroy();
  });

  it("does not choke on an oversize header", async () => {
    const answer = await rawRequest(server.url, "GET", NAMESPACE + KEY, {
      authorization: `Bearer ${"x".repeat(300_000)}`,
    });
    assert.ok(answer.status === 401 || answer.status === 431, `${answer.status}`);
    assert.doesNotMatch(await answer.text(), /\bat .*:\d+/);
  });

  it("tells wrong ids from absent keys", async () => {
    const other = "f".repeat(32);
    const under = (account: string, namespace: string) =>
      as(`Bearer ${SECRET}`, `/client/v4/accounts/${account}/storage/kv/namespaces/${namespace}${KEY}`);
    assert.equal(await refusal(await under(ACCOUNT_ID, other)), "404/10013");
    assert.equal(await refusal(await under(ACCOUNT_ID, "no-id")), "404/7003");
    assert.equal(await refusal(await under(other, NAMESPACE_ID)), "403/10000");
    assert.equal(await refusal(await under("no-id", NAMESPACE_ID)), "404/7003");
  });

  it("describes its account, its namespace and the token", async () => {
    const ask = async (path: string) =>
      envelope(await server.fetch(`/client/v4/${path}`, { headers: server.headers() }));
    const namespaces = `accounts/${ACCOUNT_ID}/storage/kv/namespaces`;
    assert.equal(((await ask("accounts")).result as [{ id: string }])[0].id, ACCOUNT_ID);
    assert.equal(((await ask(namespaces)).result as [{ id: string }])[0].id, NAMESPACE_ID);
    assert.equal(((await ask(`${namespaces}/${NAMESPACE_ID}`)).result as { id: string }).id, NAMESPACE_ID);
    assert.equal(((await ask("user/tokens/verify")).result as { status: string }).status, "active");
    for (const path of ["accounts", namespaces]) {
      assert.deepEqual((await ask(`${path}?page=2`)).result, []);
      const headers = server.headers();
      assert.equal(await refusal(await server.fetch(`/client/v4/${path}?page=x`, { headers })), "400/10012");
      assert.equal(await refusal(await server.fetch(`/client/v4/${path}`, { method: "POST", headers })), "404/7003");
    }
    const wrong = await server.fetch("/client/v4/user/tokens/verify", { headers: { authorization: "Bearer x" } });
    assert.equal(wrong.headers.get("cache-control"), "no-store");
    assert.equal(await refusal(wrong), "401/1000");
  });
});

describe("a gate after a change of secret", () => {
  const server = new Server({ ...BINDINGS, GATEWAY_SECRET: PREVIOUS_SECRET, GATEWAY_SECRET_PREVIOUS: SECRET });

  const status = async (secret: string) =>
    refusal(await server.fetch(NAMESPACE + KEY, { headers: { authorization: `Bearer ${secret}` } }));

  it("opens to both, and then to the new one alone", async () => {
    assert.equal(await status(SECRET), "404/10009");
    assert.equal(await status(PREVIOUS_SECRET), "404/10009");
    await server.restart({ ...BINDINGS, GATEWAY_SECRET: PREVIOUS_SECRET, GATEWAY_SECRET_PREVIOUS: "" });
    assert.equal(await status(SECRET), "401/10000");
    assert.equal(await status(PREVIOUS_SECRET), "404/10009");
  });
});

describe("a gate with a secret that begins as a placeholder", () => {
  for (const secret of [
    "$9d0f3c1b7a5e-4826b1c0d9e8f7a6b5c4",
    "<9d0f3c1b7a5e4826b1c0d9e8f7a6b5c4",
    "a$9d0f3c1b7a5e4826b1c0d9e8f7a6b5c4{}",
  ]) {
    const server = new Server({ ...BINDINGS, GATEWAY_SECRET: secret });

    it(`opens to '${secret}'`, async () => {
      const headers = { authorization: `Bearer ${secret}` };
      assert.equal(await refusal(await server.fetch(NAMESPACE + KEY, { headers })), "404/10009");
    });
  }
});

describe("a gate without", () => {
  for (const [name, value, expected] of [
    ["GATEWAY_SECRET", "", "401/10000"],
    ["GATEWAY_SECRET", "one-character-too-few-012345678", "401/10000"],
    ["GATEWAY_SECRET", "${GATEWAY_SECRET_OF_THE_PRODUCTION}", "401/10000"],
    ["GATEWAY_SECRET", "prefix-${GATEWAY_SECRET_OF_PRODUCTION}", "401/10000"],
    ["GATEWAY_SECRET", "$GATEWAY_SECRET_OF_THE_PRODUCTION", "401/10000"],
    ["GATEWAY_SECRET", "<at least 32 random characters here>", "401/10000"],
    ["GATEWAY_SECRET", "x".repeat(40), "401/10000"],
    ["GATEWAY_SECRET", "changeme".repeat(4), "401/10000"],
    ["ACCOUNT_ID", "<account id>", "403/90002"],
    ["NAMESPACE_ID", "", "403/90002"],
    ["KEY_PREFIXES", " ", "403/90002"],
  ] as const) {
    describe(`${name} but '${value}'`, () => {
      const server = new Server({ ...BINDINGS, GATEWAY_SECRET_PREVIOUS: "", [name]: value });

      it("is closed", async () => {
        const secret = name === "GATEWAY_SECRET" ? value : SECRET;
        const headers = { authorization: `Bearer ${secret}` };
        assert.equal(await refusal(await server.fetch(NAMESPACE + KEY, { headers })), expected);
      });
    });
  }
});
