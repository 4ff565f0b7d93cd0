import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { envelope, refusal, Server } from "./server";

describe("metadata", () => {
  const server = new Server();

  it("comes with the value in a multipart body", async () => {
    const body = `${part("value", "line\r\nline")}${part("metadata", '{"a":1}')}--b--\r\n`;
    assert.equal((await multipart(body)).status, 200);
    assert.equal(await server.read("session:m"), "line\r\nline");
    assert.deepEqual(await stored(), { a: 1 });
  });

  it("does not harm a binary value", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const body = await new Blob([
      "--b\r\nContent-Disposition: form-data; name=value\r\n\r\n",
      bytes,
      "\r\n--b--",
    ]).arrayBuffer();
    assert.equal((await multipart(new Uint8Array(body))).status, 200);
    const value = await server.kv("GET", "/values/session%3Am");
    assert.deepEqual(new Uint8Array(await value.arrayBuffer()), bytes);
    assert.equal(await stored(), null);
  });

  it("is replaced by a write without it", async () => {
    await multipart(`${part("value", "v")}${part("metadata", "7")}--b--`);
    assert.equal(await stored(), 7);
    await server.put("session:m", "w");
    assert.equal(await stored(), null);
  });

  it("may have 1,024 bytes and not a byte more", async () => {
    const text = (bytes: number) => `${part("value", "v")}${part("metadata", `"${"m".repeat(bytes - 2)}"`)}--b--`;
    assert.equal((await multipart(text(1024))).status, 200);
    assert.equal(await refusal(await multipart(text(1025))), "413/10012");
  });

  it("does not make room for a larger body", async () => {
    const more = "x".repeat(26 * 1024 * 1024);
    assert.equal(await refusal(await multipart(`${part("value", "v")}${part("more", more)}--b--`)), "413/10012");
  });

  it("that is not JSON is refused, and so is a body without value, name or boundary", async () => {
    for (const body of [
      `${part("value", "v")}${part("metadata", "{a")}--b--`,
      `${part("x", "v")}--b--`,
      "--b\r\n\r\nv\r\n--b--",
      "",
      `${part("value", "v")}`,
    ]) {
      assert.equal(await refusal(await multipart(body)), "400/10012");
    }
    const headers = { "content-type": "multipart/form-data" };
    assert.equal(await refusal(await server.kv("PUT", "/values/session%3Am", "v", headers)), "400/10012");
  });

  function multipart(body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    return server.kv("PUT", "/values/session%3Am", body, { "content-type": "multipart/form-data; boundary=b" });
  }

  async function stored(): Promise<unknown> {
    return (await envelope(await server.kv("GET", "/metadata/session%3Am"))).result;
  }
});

function part(name: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
}
