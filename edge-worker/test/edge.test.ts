import assert from "node:assert/strict";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { localPath } from "../src/session/local-path";
import { rawRequest } from "./raw";
import { BINDINGS, envelope, refusal, Server } from "./server";
import { cookie, ID, record } from "./sessions";

/** The Worker has no clock of the tests' own: these sessions end a day from now. */
const SOON = { createdAt: Date.now() - 1000, expiresAt: Date.now() + 86_400_000 };

describe("the page at the edge", () => {
  const server = new Server();
  const headers = { cookie: cookie(ID) };

  it("greets who is logged in, with everything escaped, and is kept by no cache", async () => {
    await server.put(
      `session:${ID}`,
      record({ ...SOON, userId: `<img src=x onerror="alert('1')">&`, githubUsername: 1 }),
    );
    const answer = await server.fetch("/edge", { headers });
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(text, /Hello &#60;img src=x onerror=&#34;alert\(&#39;1&#39;\)&#34;&#62;&#38;</);
    assert.match(text, /until<\/dt><dd>\d\d? \w{3} \d{4} \d\d:\d\d UTC</);
    assert.doesNotMatch(text, /<img/);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  });

  it("sends everybody else to the login, with the way back", async () => {
    const stranger = await server.fetch("/edge?a=1&b=%2F");
    assert.equal(stranger.status, 303);
    assert.equal(stranger.headers.get("location"), `/login?next=${encodeURIComponent("/edge?a=1&b=%2F")}`);
    assert.equal(stranger.headers.get("cache-control"), "no-store");
    const posted = await server.fetch("/edge", { method: "POST", body: "x" });
    assert.equal(posted.headers.get("location"), "/login");
  });

  it("does not take a session before its login for a user's", async () => {
    await server.put(`session:${ID}`, record({ ...SOON, claimNames: undefined }));
    assert.equal((await server.fetch("/edge", { headers })).status, 303);
  });

  it("refuses who has logged out", async () => {
    await server.put(`session:${ID}`, record(SOON));
    assert.equal((await server.fetch("/edge", { headers })).status, 200);
    await server.put(`session-gone:${ID}`, '{"schema":1,"at":1790000000000,"reason":"deleted"}');
    assert.equal((await server.fetch("/edge", { headers })).status, 303);
  });

  it("writes nothing", async () => {
    const keys = async () => JSON.stringify((await envelope(await server.kv("GET", "/keys"))).result);
    const before = await keys();
    await server.fetch("/edge", { headers: { cookie: cookie("B".repeat(43)) } });
    assert.equal(await keys(), before);
  });

  it("keeps a path only if it leads to the same origin", () => {
    for (const path of ["/", "/a", "/a?b=//c", "/a/%2F/b"]) {
      assert.equal(localPath(path), path);
    }
    for (const path of [
      ...["", "a", "//evil.example", "/\\evil.example", "///", "http://evil.example", "javascript:alert(1)"],
      ...["/%zz", "/a%", "/\tx", "/a\r\nset-cookie: x", "/\u00e9", " /a", `/${"a".repeat(2048)}`],
    ]) {
      assert.equal(localPath(path), undefined);
    }
  });
});

/** Headers by which a visitor tries to name another host or address. */
const FORGED = {
  forwarded: "host=evil.example",
  "x-forwarded-host": "evil.example",
  "x-forwarded-port": "1",
  "x-forwarded-prefix": "/evil",
  "x-forwarded-for": "6.6.6.6",
  "x-real-ip": "6.6.6.6",
  "true-client-ip": "6.6.6.6",
};

describe("every other path", () => {
  let application: HttpServer;
  const bindings = { ...BINDINGS, ORIGIN: "" };
  const server = new Server(bindings);

  before(async () => {
    application = createServer((request, response) => {
      const { method, url, headers } = request;
      response.writeHead(302, { location: "/elsewhere", "set-cookie": ["a=1", "b=2"] });
      response.end(JSON.stringify({ ...headers, method, url }));
    });
    await new Promise<void>((resolve) => application.listen(0, "localhost", resolve));
  });
  after(() => application.close());

  it("is not found without an application", async () => {
    assert.equal((await server.fetch("/shop")).status, 404);
  });

  it("is the application's", async () => {
    const { port } = application.address() as AddressInfo;
    await server.restart({ ...bindings, ORIGIN: `http://localhost:${port}` });
    for (const path of ["/shop?a=1", "//evil.example/x", "/client/v5/", "/edge/"]) {
      const answer = await rawRequest(server.url, "DELETE", path, {
        ...FORGED,
        authorization: "Bearer a-visitor",
        expect: "100-continue",
      });
      assert.equal(answer.status, 302);
      const seen = JSON.parse(await answer.text()) as Record<string, string>;
      assert.equal(seen["url"], path);
      assert.equal(seen["method"], "DELETE");
      assert.equal(seen["host"], `localhost:${port}`);
      assert.equal(seen["x-forwarded-host"], server.url.host);
      assert.equal(seen["x-forwarded-proto"], "http");
      assert.equal(seen["x-forwarded-port"], server.url.port);
      for (const name of ["expect", "forwarded", "x-forwarded-prefix", "x-real-ip", "true-client-ip"]) {
        assert.equal(seen[name], undefined);
      }
      assert.equal(seen["x-forwarded-for"], "127.0.0.1");
    }
  });

  it("is asked for by the address that Cloudflare saw", async () => {
    const answer = await rawRequest(server.url, "GET", "/", {
      ...FORGED,
      authorization: "Bearer a-visitor",
      "cf-connecting-ip": "203.0.113.9",
    });
    assert.equal(((await answer.json()) as Record<string, string>)["x-forwarded-for"], "203.0.113.9");
  });

  it("is never shown the gateway's secret, though a base URL be slightly wrong", async () => {
    for (const path of [
      ...["//client/v4/accounts", "/client//v4/accounts", "/CLIENT/V4/accounts", "/client/v4"],
      ...["/accounts", "/v4/accounts", "/client/accounts", "/client/v4x", "/client%2Fv4/accounts", "/edge", "/"],
    ]) {
      assert.equal(await refusal(await rawRequest(server.url, "GET", path, server.headers())), "404/7003", path);
    }
  });

  it("is 502 if the application is down or no URL leads to it", async () => {
    for (const ORIGIN of ["http://127.0.0.1:1", "app.example.com", "localhost:1", "http://"]) {
      await server.restart({ ...bindings, ORIGIN });
      const answer = await server.fetch("/shop");
      assert.equal(answer.status, 502);
      assert.match(
        await answer.text(),
        ORIGIN.includes("127") ? /^The application does not/ : /^The application's address/,
      );
    }
  });
});
