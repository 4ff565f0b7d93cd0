import { isObject, parseJson } from "../text";

/** The schema that this reader knows. A greater one belongs to a newer version. Source: docs/storage-schema.md. */
const SCHEMA = 1;

/** Latest end of a session, in epoch milliseconds: the end of the year 9999. Source: the library's `RecordFields`. */
const MAX_END_MS = 253_402_300_799_999;

/** Latest time of what has happened: the end of the year 8999. Same source. */
const MAX_PAST_MS = 221_845_391_999_999;

/** One attribute's envelope: `at` says when it was set, the other field how it is encoded. */
export type StoredAttribute = Readonly<Record<string, unknown>>;

/** A session that is neither expired nor ended. Times are epoch milliseconds. */
export interface EdgeSession {
  /** The principal's name; `null` before a login. */
  readonly userId: string | null;
  /** What `claimNames` names, `userId` included. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  /** Up to one touch interval old. */
  readonly lastAccessedAt: number;
  /** `null` for a session that never ends. */
  readonly expiresAt: number | null;
  /** How long the session may be idle, in seconds; for ever if zero or negative. */
  readonly maxInactiveInterval: number;
  readonly attributes: Readonly<Record<string, StoredAttribute>>;
}

export type Refused = "no-credential" | "absent" | "gone" | "expired" | "newer-schema" | "unreadable";

export type SessionCheck = { readonly session: EdgeSession } | { readonly session: null; readonly reason: Refused };

/**
 * Checks what KV holds for an id.
 * @param record the record's text
 * @param ended whether a marker of the id is there; what it says does not matter
 * @param now epoch milliseconds
 */
export function checkRecord(record: string | null, ended: boolean, now: number): SessionCheck {
  if (ended) {
    return refused("gone");
  }
  if (record === null) {
    return refused("absent");
  }
  const fields = parseJson(record);
  const schema = isObject(fields) && fields["schema"];
  if (typeof schema === "number" && schema > SCHEMA) {
    return refused("newer-schema");
  }
  const session = isObject(fields) && schema === SCHEMA ? read(fields) : undefined;
  if (session === undefined) {
    return refused("unreadable");
  }
  return session.expiresAt !== null && session.expiresAt <= now ? refused("expired") : { session };
}

function read(fields: Readonly<Record<string, unknown>>): EdgeSession | undefined {
  const { schema, rev, writer, createdAt, lastAccessedAt, expiresAt, maxInactiveInterval, ...others } = fields;
  // What the schema names is no claim, whatever `claimNames` says. Source: docs/storage-schema.md.
  const { maxInactiveIntervalAt, claimNames = [], attributes, removed, ...rest } = others;
  if (!isTextList([rev, writer]) || !Number.isSafeInteger(maxInactiveInterval)) {
    return undefined;
  }
  if (!isTime(createdAt, MAX_PAST_MS) || !isTime(lastAccessedAt, MAX_PAST_MS) || !isTextList(claimNames)) {
    return undefined;
  }
  if (expiresAt !== undefined && !isTime(expiresAt, MAX_END_MS)) {
    return undefined;
  }
  if (!isObject(attributes) || !Object.values(attributes).every(isAttribute)) {
    return undefined;
  }
  const named = claimNames.filter((name) => Object.hasOwn(rest, name));
  const claims = Object.fromEntries(named.map((name) => [name, rest[name]]));
  const { userId } = claims;
  return {
    userId: (typeof userId === "string" && userId) || null,
    claims,
    createdAt,
    lastAccessedAt,
    expiresAt: expiresAt ?? null,
    maxInactiveInterval: maxInactiveInterval as number,
    attributes: attributes as EdgeSession["attributes"],
  };
}

function refused(reason: Refused): SessionCheck {
  return { session: null, reason };
}

function isTime(value: unknown, latest: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= latest;
}

function isAttribute(value: unknown): value is StoredAttribute {
  return isObject(value) && typeof value["at"] === "string";
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
