/**
 * Attribute values as JSON or by Java serialization, with the proof that they come back.
 * Knows the rooms beside it, but not the record.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.codec.value;

import org.jspecify.annotations.NullMarked;
