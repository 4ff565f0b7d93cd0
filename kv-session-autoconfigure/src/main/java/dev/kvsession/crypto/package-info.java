/**
 * Cryptographic primitives, all of them the JDK's: key rings, key derivation, message
 * authentication and authenticated encryption. Knows nobody.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.crypto;

import org.jspecify.annotations.NullMarked;
