package dev.kvsession.client;

import java.util.function.Function;

/**
 * One call with the reading of its answer. Immutable.
 *
 * @param <T> what the answer becomes
 * @param operation what is asked
 * @param request how it is asked
 * @param reader turns the answer into a result, or throws a {@link KvException}
 */
record KvCall<T>(Operation operation, KvRequest request, Function<KvResponse, T> reader) {
}
