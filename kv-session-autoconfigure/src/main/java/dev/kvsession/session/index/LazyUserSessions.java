package dev.kvsession.session.index;

import java.util.List;
import java.util.function.Supplier;

/**
 * Sessions of users whose store starts with the first use, so that it can be set up until
 * then. As safe for concurrent use as its source.
 */
public record LazyUserSessions(Supplier<? extends UserSessions> source) implements UserSessions {

	@Override
	public List<UserSession> list(String principal) {
		return this.source.get().list(principal);
	}

	@Override
	public boolean end(String principal, String handle) {
		return this.source.get().end(principal, handle);
	}

	@Override
	public int endAll(String principal) {
		return this.source.get().endAll(principal);
	}

	@Override
	public int endOthers(String principal, String currentId) {
		return this.source.get().endOthers(principal, currentId);
	}

}
