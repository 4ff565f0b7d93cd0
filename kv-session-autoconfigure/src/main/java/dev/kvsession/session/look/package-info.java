/**
 * Second looks: reads a record again one to five minutes after a write, and repairs what
 * another instance has overwritten or ended. Knows client with engine, http and support,
 * and end, memory, read, record and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.look;

import org.jspecify.annotations.NullMarked;
