/** Keeps an answer out of all caches on the way. */
export const NO_STORE = { "cache-control": "no-store" };
