import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rawBytes, rawRequest } from "./raw";
import { envelope, NAMESPACE, refusal, SECRET, Server } from "./server";

describe("a path", () => {
  const server = new Server();

  const raw = (method: string, path: string) => rawRequest(server.url, method, NAMESPACE + path);

  for (const path of [
    "/values/",
    "/values/.",
    "/values/a/b",
    "/values",
    "/metadata/",
    "/other",
    "/keys/x",
    "/values/%2e",
  ]) {
    it(`${path} does not route`, async () => {
      assert.equal(await refusal(await raw("GET", path)), "404/7003");
    });
  }

  for (const [method, path] of [
    ...[
      ["POST", "/values/session%3Ak"],
      ["GET", "/bulk"],
      ["PUT", "/bulk/get"],
      ["PATCH", "/keys"],
      ["POST", "/bulk"],
    ],
    ...[
      ["PUT", "/metadata/session%3Ak"],
      ["DELETE", "/bulk"],
      ["DELETE", "/"],
      ["DELETE", ""],
      ["PUT", ""],
    ],
  ] as [string, string][]) {
    it(`${method} ${path} does not route`, async () => {
      assert.equal(await refusal(await raw(method, path)), "404/7003");
    });
  }

  it("that escapes from the key reaches nothing that the secret does not open", async () => {
    await server.put("session:k", "v");
    for (const escape of [
      "/values/a/../../keys",
      "/values/a/%2e%2E/%2e./keys",
      "/values/..\\keys",
      "/values/.%2E/keys",
    ]) {
      const listed = await envelope(await raw("GET", escape));
      assert.deepEqual(listed.result, [{ name: "session:k" }]);
    }
    for (const escape of ["/values/..", "/values/%2e%2e", "/values/a/..%2F..", "/values/session%3A/../../.."]) {
      assert.match(await refusal(await raw("DELETE", escape)), /^40[34]\//);
    }
    assert.equal(await server.read("session:k"), "v");
  });

  it("of a key is decoded once, and a plus is left alone", async () => {
    const key = "session:a/b c+d%e:\u{1F600}";
    await server.put(key, "v");
    await server.put("session:%2e", "w");
    const listed = await envelope(await server.kv("GET", "/keys?prefix=session%3A"));
    const names = (listed.result as { name: string }[]).map(({ name }) => name);
    assert.ok(names.includes(key) && names.includes("session:%2e"), names.join(" "));
    assert.equal(await (await raw("GET", "/values/session:a%2Fb%20c+d%25e%3A%F0%9F%98%80")).text(), "v");
    assert.equal(await (await raw("GET", "/values/session:..%2F..%2Fkeys")).status, 404);
  });

  it("of a key has 1 to 512 bytes once decoded", async () => {
    const key = (bytes: number) => `session:${"%C3%A9".repeat((bytes - 8) / 2)}${"a".repeat(bytes % 2)}`;
    assert.equal((await server.kv("PUT", `/values/${key(512)}`, "v")).status, 200);
    assert.equal(await refusal(await server.kv("PUT", `/values/${key(513)}`, "v")), "414/10012");
    assert.equal(await refusal(await server.kv("GET", `/values/${key(513)}`)), "414/10012");
    assert.equal(await refusal(await raw("GET", "/values/session%3A%FF")), "400/10012");
  });

  it("of a key outside the prefixes is refused", async () => {
    for (const key of [
      "other",
      "session",
      "Session:k",
      "sessions:k",
      "session-gone",
      "session-renamed",
      "%20session%3Ak",
      "x/session%3A",
    ]) {
      const segment = key.replace("/", "%2F");
      assert.equal(await refusal(await server.kv("GET", `/values/${segment}`)), "403/90001");
      assert.equal(await refusal(await server.kv("PUT", `/values/${segment}`, "v")), "403/90001");
      assert.equal(await refusal(await server.kv("DELETE", `/values/${segment}`)), "403/90001");
      assert.equal(await refusal(await server.kv("GET", `/metadata/${segment}`)), "403/90001");
    }
    await server.put("session-gone:k", "v");
    await server.put("session-renamed:k", "v");
  });

  it("with a body cut short writes nothing", async () => {
    const head = (path: string, length: string) =>
      `PUT ${NAMESPACE}${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${SECRET}\r\n${length}\r\n\r\n`;
    const cut = [
      `${head("/values/session%3Acut", "content-length: 100")}half`,
      `${head("/values/session%3Acut", "transfer-encoding: chunked")}4\r\nhalf\r\n8\r\nhal`,
      `${head("/bulk", "content-length: 100")}[{"key":"session:cut","value":"v"}]`,
    ];
    for (const text of cut) {
      const answer = await rawBytes(server.url, text);
      assert.doesNotMatch(answer, /"success":true|\bat .*:\d+/);
    }
    assert.equal(await server.read("session:cut"), "404");
  });
});
