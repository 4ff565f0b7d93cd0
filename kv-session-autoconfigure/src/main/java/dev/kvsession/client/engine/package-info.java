/**
 * The engine above {@link dev.kvsession.client.KvClient}: gathers calls into bulk calls,
 * paces them, keeps them within the token's budget, repeats what failed, and stops asking
 * while KV is down. Knows client, support and the rooms below.
 * <p>
 * API: {@code KvEngine}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.client.engine;

import org.jspecify.annotations.NullMarked;
