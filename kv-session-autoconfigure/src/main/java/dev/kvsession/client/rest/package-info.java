/**
 * KV's REST API as a {@code KvClient}: requests, answers, error codes. Knows client and
 * support. API is {@code RestKvClient}.
 */
@NullMarked
package dev.kvsession.client.rest;

import org.jspecify.annotations.NullMarked;
