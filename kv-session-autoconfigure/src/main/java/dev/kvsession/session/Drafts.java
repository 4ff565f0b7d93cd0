package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.StageWaiter;

/**
 * Collects what is to be saved. Values are shared by requests, as in a servlet container,
 * so that one may be changed while another request encodes it: then it is encoded once
 * more a moment later, at the latest at the end of the second. Safe for concurrent use.
 */
final class Drafts {

	/**
	 * The first wait; each further one is twice as long.
	 */
	private static final Duration FIRST_WAIT = Duration.ofMillis(10);

	/**
	 * After the last wait a second has passed.
	 */
	private static final Duration LAST_WAIT = Duration.ofMillis(640);

	private final StageWaiter waiter;

	private final KvScheduler scheduler;

	Drafts(SessionRuntime runtime) {
		this.waiter = runtime.waiter();
		this.scheduler = runtime.scheduler();
	}

	/**
	 * Collects what is to be saved of a session.
	 * @param session the session
	 * @return the draft, or {@code null} if there is nothing but the access itself
	 * @throws AttributeEncodingException if a value cannot be encoded, or is still being
	 * changed after a second
	 */
	@Nullable SessionDraft of(KvSession session) {
		for (Duration wait = FIRST_WAIT; wait.compareTo(LAST_WAIT) <= 0; wait = wait.multipliedBy(2)) {
			try {
				return session.draft();
			}
			catch (AttributeEncodingException ex) {
				if (!ex.isChanging()) {
					throw ex;
				}
			}
			pause(wait);
		}
		return session.draft();
	}

	private void pause(Duration wait) {
		CompletableFuture<Boolean> over = new CompletableFuture<>();
		try {
			this.scheduler.schedule(() -> over.complete(true), wait);
		}
		catch (RejectedExecutionException ex) {
			// The application is stopping: no time is left to wait.
			over.complete(true);
		}
		this.waiter.await(over);
	}

}
