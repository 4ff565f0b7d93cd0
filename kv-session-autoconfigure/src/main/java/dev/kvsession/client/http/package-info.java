/**
 * One HTTP exchange with KV's REST API: connections, time-outs, and the proof that the
 * answer belongs to the call. Knows client and support.
 * <p>
 * API: {@code RestClientTransport}, {@code TransportLimits}. Only the library uses the
 * rest.
 */
@NullMarked
package dev.kvsession.client.http;

import org.jspecify.annotations.NullMarked;
