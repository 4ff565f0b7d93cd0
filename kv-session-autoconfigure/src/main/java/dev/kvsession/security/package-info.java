/**
 * What Spring Security takes besides the session store: the registry for OpenID Connect's
 * back-channel logout. Stands on session; nobody but the auto-configuration knows it.
 * <p>
 * API: {@code KvOidcSessionRegistry}. Only the library uses the rest.
 */
@NullMarked
package dev.kvsession.security;

import org.jspecify.annotations.NullMarked;
