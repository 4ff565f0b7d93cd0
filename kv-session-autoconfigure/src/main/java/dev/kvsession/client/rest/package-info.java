/**
 * KV's REST API as a {@code KvClient}: requests, answers, error codes. Knows client and
 * support.
 * <p>
 * API: {@code RestKvClient}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.client.rest;

import org.jspecify.annotations.NullMarked;
