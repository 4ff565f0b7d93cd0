/**
 * Talks to one Workers KV namespace: the asynchronous port
 * {@link dev.kvsession.client.KvClient} and its adapter to Cloudflare's REST API.
 */
@NullMarked
package dev.kvsession.client;

import org.jspecify.annotations.NullMarked;
