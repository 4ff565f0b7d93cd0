/** Writes `vectors/typescript/`: what the edge makes of ids, cookies and records, for Java to read. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NOW = 1_790_000_000_000;
const END = NOW + 604_800_000;
const AT = "01a0c4506c00-0000-edge";
const ID = "AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
const EXPECTED = { userId: "583231", claims: { userId: "583231" }, createdAt: NOW, expiresAt: END };

export function vectors() {
  return { "ids.json": { cases: ids() }, "records.json": { cases: records() } };
}

function ids() {
  const good = { record: record({}), now: NOW, expected: EXPECTED };
  const none = { id: null, now: NOW, refused: "no-credential" };
  return [
    { name: "default generator, Base64", id: ID, cookie: base64(ID), ...good },
    { name: "default generator, plain", id: ID, cookie: ID, ...good },
    { name: "default generator, hyphen and underscore", ...both(`-_${ID.slice(2)}`), ...good },
    { name: "UUID, Base64", ...both("123e4567-e89b-12d3-a456-426614174000"), ...good },
    { name: "other generator, shortest", ...both("0123456789abcdef"), ...good },
    { name: "other generator, longest", ...both("n".repeat(128)), ...good },
    { name: "bearer", id: ID, authorization: `Bearer ${ID}`, ...good },
    { name: "empty", cookie: "", ...none },
    { name: "too short", cookie: base64("0123456789abcde"), ...none },
    { name: "too long", cookie: base64("n".repeat(129)), ...none },
    { name: "path inside", cookie: base64("../../../../keys-of-others"), ...none },
    { name: "colon inside", cookie: base64("session:0123456789abcdef"), ...none },
    { name: "not ASCII", cookie: base64("0123456789abcdé"), ...none },
  ];
}

function records() {
  const all = { claimNames: ["userId", "email", "roles", "level"], userId: "zoë \u{1F600}", email: null };
  const claims = { userId: all.userId, email: null, roles: ["user", { deep: [1, true] }], level: 9007199254740991 };
  const nobody = { ...EXPECTED, userId: null, claims: {} };
  return [
    good("login", {}, EXPECTED),
    good(
      "claims of all kinds",
      { ...all, roles: claims.roles, level: claims.level },
      { ...EXPECTED, userId: claims.userId, claims },
    ),
    good("nobody yet", { claimNames: undefined, userId: undefined }, nobody),
    good("a field that is no claim", { claimNames: [] }, nobody),
    good("never ends", { expiresAt: undefined, maxInactiveInterval: 0 }, { ...EXPECTED, expiresAt: null }),
    good(
      "fields of a newer version",
      { future: { x: [1.5, null] }, attributes: { a: { at: AT, cbor: "AA==" } } },
      EXPECTED,
    ),
    good("no attributes", { attributes: {} }, EXPECTED),
    { ...good("last millisecond", {}, EXPECTED), now: END - 1 },
    { ...bad("expired", {}, "expired"), now: END },
    bad("newer schema", { schema: 2 }, "newer-schema"),
    bad("newer schema of another shape", { schema: 2, rev: [], attributes: 5 }, "newer-schema"),
    bad("schema 0", { schema: 0 }, "unreadable"),
    bad("schema as text", { schema: "1" }, "unreadable"),
    bad("no creation time", { createdAt: undefined }, "unreadable"),
    bad("creation before 1970", { createdAt: -1 }, "unreadable"),
    bad("attributes as a list", { attributes: [] }, "unreadable"),
    bad("claim names that are none", { claimNames: [null] }, "unreadable"),
    { ...bad("cut short", {}, "unreadable"), record: record({}).slice(0, -1) },
    { ...bad("not JSON", {}, "unreadable"), record: "<html>" },
    { ...bad("gone", {}, "gone"), gone: JSON.stringify({ schema: 1, at: NOW, reason: "deleted" }) },
    {
      ...bad("gone on under another id", {}, "gone"),
      renamed: JSON.stringify({ schema: 1, at: NOW, reason: "renamed" }),
    },
    { ...bad("absent", {}, "absent"), record: null },
  ];
}

function good(name, changes, expected) {
  return { name, id: ID, cookie: base64(ID), record: record(changes), now: NOW, expected };
}

function bad(name, changes, refused) {
  return { name, id: ID, cookie: base64(ID), record: record(changes), now: NOW, refused };
}

function both(id) {
  return { id, cookie: base64(id) };
}

function base64(id) {
  return Buffer.from(id).toString("base64");
}

function record(changes) {
  const times = { createdAt: NOW, lastAccessedAt: NOW, expiresAt: END, maxInactiveInterval: 604_800 };
  const claims = { claimNames: ["userId"], userId: "583231" };
  const attributes = { cart: { at: AT, json: { items: ["a", "é", "\u{1F600}"] } } };
  return JSON.stringify({ schema: 1, rev: AT, writer: "edge", ...times, ...claims, attributes, ...changes });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../vectors/typescript/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(vectors())) {
    writeFileSync(new URL(name, folder), `${JSON.stringify(content, null, 2)}\n`);
  }
}
