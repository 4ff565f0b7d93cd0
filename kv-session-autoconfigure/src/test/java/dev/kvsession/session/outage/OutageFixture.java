package dev.kvsession.session.outage;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.KvFault;

/**
 * An instance whose KV is down when a test says so.
 */
public abstract class OutageFixture {

	protected final World world = new World();

	protected final Instance app = this.world.instance();

	protected final String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

	protected final void outage() {
		this.world.faults().every(KvFault.status(503));
	}

	protected final void back() {
		this.world.faults().clear();
		this.world.settle();
	}

	protected final long count(KvSessionEvent event) {
		return this.app.repository().getStatistics().count(event);
	}

	protected final KvSession set(String id, String name, String value) {
		KvSession session = this.app.find(id);
		session.setAttribute(name, value);
		this.app.save(session);
		return session;
	}

}
