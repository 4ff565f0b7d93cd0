/**
 * The content of the handoff cookie: format, compression and seal. Knows codec, record
 * and settings.
 * <p>
 * Not API: only the library itself uses it.
 */
@NullMarked
package dev.kvsession.session.handoff;

import org.jspecify.annotations.NullMarked;
