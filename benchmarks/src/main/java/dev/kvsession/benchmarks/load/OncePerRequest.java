package dev.kvsession.benchmarks.load;

import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/**
 * Answers Spring Session's second find and save of a request from memory, so that a naive
 * store costs one GET and one PUT a request.
 */
final class OncePerRequest implements SessionRepository<MapSession> {

	private final ThreadLocal<@Nullable MapSession> saved = new ThreadLocal<>();

	private final SessionRepository<MapSession> store;

	OncePerRequest(SessionRepository<MapSession> store) {
		this.store = store;
	}

	@Override
	public MapSession createSession() {
		return this.store.createSession();
	}

	@Override
	public void save(MapSession session) {
		MapSession before = this.saved.get();
		if (before != null && before.getId().equals(session.getId())
				&& before.getLastAccessedTime().equals(session.getLastAccessedTime())) {
			this.saved.remove();
			return;
		}
		this.store.save(session);
		this.saved.set(session);
	}

	@Override
	public @Nullable MapSession findById(String id) {
		MapSession known = this.saved.get();
		return (known != null && known.getId().equals(id)) ? known : this.store.findById(id);
	}

	@Override
	public void deleteById(String id) {
		this.store.deleteById(id);
	}

}
