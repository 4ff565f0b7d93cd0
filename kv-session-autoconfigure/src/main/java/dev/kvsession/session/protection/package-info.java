/**
 * Protects sessions from those who can read or change what lies in KV, and ids from being
 * made up: signed ids, hashed keys, sealed records. Knows crypto, codec and settings.
 * <p>
 * API: {@code SessionProtection}, {@code ProtectionMode}, {@code ClaimsOutside}. Only the
 * library uses the rest.
 */
@NullMarked
package dev.kvsession.session.protection;

import org.jspecify.annotations.NullMarked;
