package dev.kvsession.client.rest;

import java.util.function.Function;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;

/**
 * One call with the reading of its answer. Immutable.
 *
 * @param <T> what the answer becomes
 * @param operation what is asked
 * @param request how it is asked
 * @param reader turns the answer into a result, or throws a {@link KvException}
 */
public record KvCall<T>(Operation operation, KvRequest request, Function<KvResponse, T> reader) {
}
