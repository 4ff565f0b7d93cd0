/**
 * Beans that the configurations create, and their helpers. Knows properties.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.bean;

import org.jspecify.annotations.NullMarked;
