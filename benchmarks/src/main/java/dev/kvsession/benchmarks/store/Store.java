package dev.kvsession.benchmarks.store;

import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * One session store, ready for use.
 *
 * @param repository the store
 * @param closing releases what it stands on
 */
public record Store(SessionRepository<? extends Session> repository, AutoCloseable closing) implements AutoCloseable {

	@Override
	public void close() throws Exception {
		this.closing.close();
	}

}
