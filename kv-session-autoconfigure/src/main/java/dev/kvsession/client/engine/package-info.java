/**
 * The engine above {@link dev.kvsession.client.KvClient}: gathers calls into bulk calls,
 * paces them, keeps them within the token's budget, repeats what failed, and stops asking
 * while KV is down. Knows client, support and the rooms below. API are {@code KvEngine}
 * and the types in its signatures.
 */
@NullMarked
package dev.kvsession.client.engine;

import org.jspecify.annotations.NullMarked;
