/**
 * Forms in which Spring Security's and Spring MVC's types are stored. Knows trust and
 * structure.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.codec.security;

import org.jspecify.annotations.NullMarked;
