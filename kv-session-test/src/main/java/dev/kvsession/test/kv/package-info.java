/**
 * What an emulated KV is set to, is asked and answers. API, like the package above. Knows
 * the formats only.
 */
@NullMarked
package dev.kvsession.test.kv;

import org.jspecify.annotations.NullMarked;
