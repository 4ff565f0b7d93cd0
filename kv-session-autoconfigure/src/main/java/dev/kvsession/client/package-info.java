/**
 * The port {@link dev.kvsession.client.KvClient} to one Workers KV namespace, its values,
 * limits and exceptions. Knows support.
 */
@NullMarked
package dev.kvsession.client;

import org.jspecify.annotations.NullMarked;
