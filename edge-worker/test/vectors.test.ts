import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { vectors } from "../scripts/vectors.mjs";
import { type Checked, SessionServer } from "./sessions";

interface Case {
  name: string;
  id: string | null;
  stored?: string;
  env?: Record<string, string>;
  cookie?: string;
  authorization?: string;
  record?: string | null;
  gone?: string | null;
  renamed?: string | null;
  now: number;
  expected?: Omit<NonNullable<Checked["session"]>, "attributes" | "lastAccessedAt" | "maxInactiveInterval">;
  refused?: string;
}

const FOLDER = new URL("../vectors/", import.meta.url);

const FILES = {
  java: [
    "forged-ids.json",
    "handmade.json",
    "ids.json",
    "logins.json",
    "protected-ids.json",
    "records.json",
    "sealed-records.json",
  ],
  typescript: ["ids.json", "protected.json", "records.json"],
};

for (const [language, files] of Object.entries(FILES)) {
  assert.deepEqual(readdirSync(new URL(language, FOLDER)).sort(), files);
  for (const file of files) {
    describe(`vectors of ${language}/${file}`, () => {
      const server = new SessionServer();

      for (const vector of (JSON.parse(read(`${language}/${file}`)) as { cases: Case[] }).cases) {
        it(vector.name, () => check(server, vector));
      }
    });
  }
}

describe("vectors of TypeScript", () => {
  for (const [name, content] of Object.entries(vectors())) {
    it(`${name} are what 'npm run vectors' writes`, () => {
      assert.deepEqual(JSON.parse(read(`typescript/${name}`)), JSON.parse(JSON.stringify(content)));
    });
  }
});

async function check(server: SessionServer, vector: Case): Promise<void> {
  const name = vector.stored ?? vector.id;
  const stored = {
    [`session:${name}`]: vector.record ?? null,
    [`session-gone:${name}`]: vector.gone ?? null,
    [`session-renamed:${name}`]: vector.renamed ?? null,
  };
  for (const [key, value] of Object.entries(stored)) {
    await (value === null ? server.kv("DELETE", `/values/${encodeURIComponent(key)}`) : server.put(key, value));
  }
  const { authorization, cookie } = vector;
  const headers = authorization === undefined ? { cookie: `SESSION=${cookie ?? ""}` } : { authorization };
  if (vector.env === undefined) {
    agrees(await server.check(headers as Record<string, string>, vector.now), vector);
  }
  const secure = { ...headers, "x-secure": "", "x-env": JSON.stringify(vector.env ?? {}) };
  agrees(await server.check(secure as Record<string, string>, vector.now), vector);
}

function agrees({ session, reason }: Checked, vector: Case): void {
  assert.equal(reason, vector.refused);
  if (vector.refused === undefined) {
    assert.ok(session !== null);
    const { attributes, lastAccessedAt, maxInactiveInterval, ...rest } = session;
    assert.deepEqual(rest, vector.expected);
    const stored = JSON.parse(vector.record ?? "") as typeof session;
    if ("sealed" in stored) {
      return;
    }
    assert.deepEqual(attributes, stored.attributes);
    assert.deepEqual([lastAccessedAt, maxInactiveInterval], [stored.lastAccessedAt, stored.maxInactiveInterval]);
  }
}

function read(path: string): string {
  return readFileSync(new URL(path, FOLDER), "utf8");
}
