import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BINDINGS, type Envelope, envelope, refusal, Server } from "./server";

type Names = { name: string }[];

describe("a listing", () => {
  const server = new Server();

  it("comes in pages", async () => {
    const pairs = Array.from({ length: 25 }, (_, index) => ({ key: `session:p${100 + index}`, value: "v" }));
    await server.kv("PUT", "/bulk", JSON.stringify(pairs));
    const pages = await allPages(server, "&prefix=session%3Ap");
    assert.deepEqual(
      pages.map(({ result_info }) => result_info?.count),
      [10, 10, 5],
    );
    assert.deepEqual(
      pages.flatMap(names),
      pairs.map(({ key }) => key),
    );
    await server.kv("POST", "/bulk/delete", JSON.stringify(pairs.slice(20).map(({ key }) => key)));
    assert.equal((await allPages(server, "&prefix=session%3Ap")).length, 2);
  });

  it("without a prefix, or with a shorter one, holds what the secret opens", async () => {
    const foreign = new Set(["session-gone:g", "session:s"]);
    for (const key of foreign) {
      await server.put(key, "v");
    }
    for (const prefix of ["", "&prefix=s", "&prefix=session"]) {
      const listed = (await allPages(server, prefix)).flatMap(names).filter((name) => !name.startsWith("session:p"));
      assert.deepEqual(listed, [...foreign]);
    }
    assert.equal(await refusal(await server.kv("GET", "/keys?prefix=other")), "403/90001");
  });

  for (const query of ["limit=9", "limit=1001", "limit=x", "limit=", "limit=1e2", "cursor=%25", "cursor=9.x"]) {
    it(`refuses ${query}`, async () => {
      assert.equal(await refusal(await server.kv("GET", `/keys?${query}`)), "400/10012");
    });
  }
});

describe("a listing of several prefixes", () => {
  const server = new Server({ ...BINDINGS, KEY_PREFIXES: "session: session:a: session-gone:" });

  for (const [gone, sessions] of [
    [15, 15],
    [10, 10],
    [20, 0],
    [0, 20],
    [3, 30],
    [25, 7],
  ] as const) {
    it(`holds ${gone} and ${sessions} keys once each, in full pages`, async () => {
      const made = [
        ...Array.from({ length: gone }, (_, index) => `session-gone:${100 + index}`),
        ...Array.from({ length: sessions }, (_, index) => `session:a:${100 + index}`),
      ];
      await server.kv("PUT", "/bulk", JSON.stringify(made.map((key) => ({ key, value: "v" }))));
      const pages = await allPages(server, "");
      assert.deepEqual(pages.flatMap(names), made);
      assert.ok(pages.slice(0, -1).every(({ result_info }) => result_info?.count === 10));
      await server.kv("POST", "/bulk/delete", JSON.stringify(made));
    });
  }
});

describe("a gateway that opens everything", () => {
  const server = new Server({ ...BINDINGS, KEY_PREFIXES: "*" });

  it("lists everything", async () => {
    await server.put("a", "v");
    await server.put("session:b", "v");
    assert.deepEqual(names(await envelope(await server.kv("GET", "/keys"))), ["a", "session:b"]);
  });
});

function names(page: Envelope): string[] {
  return (page.result as Names).map(({ name }) => name);
}

async function allPages(server: Server, query: string): Promise<Envelope[]> {
  const pages: Envelope[] = [];
  let cursor = "";
  do {
    const page = await envelope(await server.kv("GET", `/keys?limit=10${query}&cursor=${encodeURIComponent(cursor)}`));
    pages.push(page);
    cursor = page.result_info?.cursor ?? "";
  } while (cursor !== "" && pages.length < 100);
  return pages;
}
