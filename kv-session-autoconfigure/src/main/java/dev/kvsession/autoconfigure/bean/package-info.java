/**
 * Beans that the configurations make, and what they need for it. Knows properties.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.autoconfigure.bean;

import org.jspecify.annotations.NullMarked;
