/** Writes `vectors/typescript/`: what the edge makes of ids, cookies and records, for Java to read. */
import { createCipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const NOW = 1_790_000_000_000;
const END = NOW + 604_800_000;
const AT = "01a0c4506c00-0000-edge";
const ID = "AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
const EXPECTED = { userId: "583231", claims: { userId: "583231" }, createdAt: NOW, expiresAt: END };

/** Keys of the protections; for tests only. */
const KEYS = { a: "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=", c: "_-_-YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXpBQkNE" };
const NAMESPACE_ID = "ce11000000000000000000000000e002";
const SIGNATURE_BYTES = 16;
const PADDED_TO = 64;

export function vectors() {
  return {
    "ids.json": { cases: ids() },
    "protected.json": { cases: protectedSessions() },
    "records.json": { cases: records() },
  };
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

/** A session with all three protections, of a record. */
export function protectedSession(record) {
  const [keys] = Object.entries(KEYS).map(([name, key]) => `${name}:${key}`);
  const env = {
    NAMESPACE_ID,
    SESSION_KEYS: keys,
    SESSION_SIGNING_KEYS: keys,
    SESSION_REQUIRED: "signed hashed sealed",
  };
  const id = signedId("sh", "a", "");
  return { id, stored: stored(id), record: sealed(id, "a", record, true, 6), env };
}

/** The Worker only reads, so this is written here, of what ADR 21 says. */
function protectedSessions() {
  const [a, c] = Object.entries(KEYS).map(([name, key]) => `${name}:${key}`);
  const env = { NAMESPACE_ID, SESSION_KEYS: a, SESSION_SIGNING_KEYS: a };
  const required = { ...env, SESSION_REQUIRED: "signed hashed sealed" };
  const both = { ...required, SESSION_KEYS: `${c},${a}`, SESSION_SIGNING_KEYS: `${c},${a}` };
  const plain = record({});
  const kept = { record: plain, now: NOW, expected: EXPECTED };
  const open = (id, key = "a", copy = false) => ({ ...kept, record: sealed(id, key, plain, copy) });
  const refusedAs = (reason, record) => ({ record, now: NOW, refused: reason });
  const all = signedId("sh", "a", "");
  const other = signedId("sh", "a", "", ID.toLowerCase());
  return [
    { name: "signed", ...session(signedId("s", "a", "")), env, ...kept },
    { name: "hashed", ...session(`h.hgr7wq.${ID}`), env, ...kept },
    { name: "signed and hashed, a tenant's", ...session(signedId("sh", "a", "acme")), env, ...kept },
    { name: "sealed", ...session(ID), env, ...open(ID) },
    { name: "sealed, with a readable copy", ...session(ID), env, ...open(ID, "a", true) },
    { name: "all three", ...session(all), env: required, ...open(all, "a", true) },
    { name: "all three, second key", ...session(all), env: both, ...open(all) },
    {
      name: "all three, first key",
      ...session(signedId("sh", "c", "")),
      env: both,
      ...open(signedId("sh", "c", ""), "c"),
    },
    { name: "an unknown key", ...session(all), env: required, ...refusedAs("unreadable", sealed(all, "c", plain)) },
    {
      name: "moved from another id",
      ...session(all),
      env: required,
      ...refusedAs("unreadable", sealed(other, "a", plain)),
    },
    { name: "not sealed", ...session(all), env: required, ...refusedAs("unreadable", plain) },
    { name: "no record inside", ...session(all), env: required, ...refusedAs("unreadable", sealed(all, "a", "{}")) },
  ];
}

function session(id) {
  return { id, stored: stored(id) === id ? undefined : stored(id), cookie: base64(id) };
}

function stored(id) {
  return /^s?h\./.test(id) ? `=${createHash("sha256").update(id).digest("base64url")}` : id;
}

function signedId(kind, key, tenant, made = ID) {
  const tag = tenant && createHash("sha256").update(`tenant\n${tenant}`).digest("base64url").slice(0, 12);
  const body = [kind, key, Math.floor(NOW / 60_000).toString(36), tag, made].join(".");
  const hmac = createHmac("sha256", derived(key, "session id, HMAC-SHA-256, version 1")).update(body).digest();
  return `${body}.${hmac.subarray(0, SIGNATURE_BYTES).toString("base64url")}`;
}

/** Nonces are always the same, and nothing is compressed, so that the files are: neither is to be copied. */
function sealed(id, key, record, copy = false, level = 0) {
  const compressed = Buffer.concat([deflateRawSync(record, { level }), Buffer.from([0x80])]);
  const padding = Buffer.alloc(-compressed.length & (PADDED_TO - 1));
  const nonce = createHash("sha256")
    .update(key + id + record)
    .digest()
    .subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", derived(key, "session record, AES-256-GCM, version 1"), nonce);
  cipher.setAAD(Buffer.from(`session:${stored(id)}`));
  const bytes = [nonce, cipher.update(Buffer.concat([compressed, padding])), cipher.final(), cipher.getAuthTag()];
  const { schema, rev, writer, attributes, ...copied } = JSON.parse(record);
  const text = `${key}.${Buffer.concat(bytes).toString("base64url")}`;
  return JSON.stringify({ schema: 2, sealed: text, ...(copy && copied) });
}

function derived(key, purpose) {
  const material = Buffer.from(KEYS[key], "base64");
  return Buffer.from(hkdfSync("sha256", material, "dev.kvsession", `${purpose}\n${NAMESPACE_ID}`, 32));
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
