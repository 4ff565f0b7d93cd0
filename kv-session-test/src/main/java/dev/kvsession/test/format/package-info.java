/**
 * The formats of the REST API: paths, keys, JSON envelopes, error codes. Knows no other
 * package of the emulator. Public for the packages beside it; not API.
 */
@NullMarked
package dev.kvsession.test.format;

import org.jspecify.annotations.NullMarked;
