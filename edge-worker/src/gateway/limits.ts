/**
 * Limits of Workers KV and of the runtime. Source unless stated otherwise:
 * developers.cloudflare.com/kv/platform/limits (read 2026-11).
 */

/** Longest key, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 512;

/** Largest value, in bytes. */
export const MAX_VALUE_BYTES = 25 * 1024 * 1024;

/** Largest metadata, in bytes of serialised JSON. */
export const MAX_METADATA_BYTES = 1024;

/** Shortest time to live, in seconds. Source: developers.cloudflare.com/kv, "Expiring keys". */
export const MIN_TTL_SECONDS = 60;

/** Longest time to live and latest end, in seconds: the runtime reads a signed 32 bit integer. Observed on workerd. */
export const MAX_EXPIRATION = 2_147_483_647;

/**
 * How long a location may answer a read from its cache, in seconds. It is the smallest value that
 * KV accepts, and the lag of a logout here.
 */
export const READ_CACHE_TTL_SECONDS = 30;

/** Most keys of one bulk read. Source: the runtime's own message. */
export const MAX_BULK_GET_KEYS = 100;

/** Most pairs of one bulk write, keys of one bulk delete. Source: API reference, "Write multiple key-value pairs". */
export const MAX_BULK_PAIRS = 10_000;

/**
 * Largest body of a bulk call, in bytes. KV's own API takes 100 MB; an isolate has 128 MB
 * (developers.cloudflare.com/workers/platform/limits), in which body, text and parsed pairs have
 * to fit together. A larger body would end the isolate, and with it other requests.
 */
export const MAX_BULK_BODY_BYTES = 32 * 1024 * 1024;

/** Fewest and most keys of one page of a listing. Source: API reference, "List a namespace's keys". */
export const MIN_LIST_LIMIT = 10;
export const MAX_LIST_LIMIT = 1000;

/** Most KV operations of one invocation of a Worker. */
export const MAX_OPERATIONS = 1000;

/**
 * Most connections that an invocation may have waiting for their answer. Source:
 * developers.cloudflare.com/workers/platform/limits, "Simultaneous open connections".
 */
export const MAX_SIMULTANEOUS_OPERATIONS = 6;

/**
 * How long a bulk call goes on starting operations, in milliseconds. The Java client gives up
 * waiting after 5 s (`cloudflare.kv.read-timeout`) and would not learn what was written.
 */
export const BULK_TIME_MS = 3000;
