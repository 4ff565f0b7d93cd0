import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BINDINGS, type Envelope, envelope, refusal, Server } from "./server";

type Names = { name: string }[];

describe("a listing", () => {
  const server = new Server();

  it("comes in pages", async () => {
    const pairs = Array.from({ length: 25 }, (_, index) => ({ key: `session:p${100 + index}`, value: "v" }));
    await server.kv("PUT", "/bulk", JSON.stringify(pairs));
    const pages = await all("&prefix=session%3Ap");
    assert.deepEqual(
      pages.map(({ result_info }) => result_info?.count),
      [10, 10, 5],
    );
    assert.deepEqual(
      pages.flatMap(names),
      pairs.map(({ key }) => key),
    );
    await server.kv("POST", "/bulk/delete", JSON.stringify(pairs.slice(20).map(({ key }) => key)));
    assert.equal((await all("&prefix=session%3Ap")).length, 2);
  });

  it("without a prefix, or with a shorter one, holds what the secret opens", async () => {
    const foreign = new Set(["session-gone:g", "session:s"]);
    for (const key of foreign) {
      await server.put(key, "v");
    }
    for (const prefix of ["", "&prefix=s", "&prefix=session"]) {
      const listed = (await all(prefix)).flatMap(names).filter((name) => !name.startsWith("session:p"));
      assert.deepEqual(listed, [...foreign]);
    }
    assert.equal(await refusal(await server.kv("GET", "/keys?prefix=other")), "403/90001");
  });

  for (const query of ["limit=9", "limit=1001", "limit=x", "limit=", "limit=1e2", "cursor=%25", "cursor=9.x"]) {
    it(`refuses ${query}`, async () => {
      assert.equal(await refusal(await server.kv("GET", `/keys?${query}`)), "400/10012");
    });
  }

  async function all(query: string): Promise<Envelope[]> {
    const pages: Envelope[] = [];
    let cursor = "";
    do {
      const page = await envelope(
        await server.kv("GET", `/keys?limit=10${query}&cursor=${encodeURIComponent(cursor)}`),
      );
      pages.push(page);
      cursor = page.result_info?.cursor ?? "";
    } while (cursor !== "" && pages.length < 100);
    return pages;
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
