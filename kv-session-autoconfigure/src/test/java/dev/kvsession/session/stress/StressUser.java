package dev.kvsession.session.stress;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.KvSessionEvent;

/**
 * One thread of a stress test: works on accounts that others work on as well, and checks
 * what it sees. Confined to its thread.
 */
final class StressUser {

	private static final int CHANCES = 100;

	private static final int MOST_CHANGES = 5;

	/**
	 * One act of so many beside a change of id is a logout.
	 */
	private static final int ENDS_BESIDE_RENAMINGS = 6;

	private final KvSessionRepository repository;

	private final AtomicReferenceArray<StressAccount> accounts;

	private final List<StressAccount> all;

	private final SplittableRandom random;

	private final String name;

	private int values;

	/**
	 * Creates a user.
	 * @param number the thread's number
	 * @param seed decides what it does
	 * @param repository the repository that all use
	 * @param accounts the accounts that all work on at present
	 * @param all takes each account that was made; safe for concurrent use
	 */
	StressUser(int number, long seed, KvSessionRepository repository, AtomicReferenceArray<StressAccount> accounts,
			List<StressAccount> all) {
		this.name = "u" + number;
		this.random = new SplittableRandom(seed * CHANCES + number);
		this.repository = repository;
		this.accounts = accounts;
		this.all = all;
	}

	/**
	 * Does one thing.
	 */
	void act() {
		int slot = this.random.nextInt(this.accounts.length());
		StressAccount account = this.accounts.get(slot);
		if (account == null || account.isEnding()) {
			create(slot, account);
			return;
		}
		if (account.isRenaming() && this.random.nextInt(ENDS_BESIDE_RENAMINGS) == 0) {
			end(account);
			return;
		}
		int chance = this.random.nextInt(CHANCES);
		if (chance < 40) {
			change(account);
		}
		else if (chance < 68) {
			changeShared(account);
		}
		else if (chance < 78) {
			look(account);
		}
		else if (chance < 88) {
			rename(account);
		}
		else if (chance < 91) {
			end(account);
		}
		else {
			lookAtAnother();
		}
	}

	private void create(int slot, @Nullable StressAccount before) {
		KvSession session = this.repository.createSession();
		String value = nextValue();
		session.setAttribute(this.name, value);
		if (save(session)) {
			StressAccount account = new StressAccount(session.getId());
			account.acknowledge(this.name, value);
			account.note("created");
			this.all.add(account);
			this.accounts.compareAndSet(slot, before, account);
		}
	}

	private void change(StressAccount account) {
		StressRequest request = find(account);
		if (request != null) {
			check(account, request);
			int changes = 1 + this.random.nextInt(MOST_CHANGES);
			for (int i = 0; i < changes; i++) {
				change(account, request, this.name,
						(this.random.nextInt(10) == 0) ? StressAccount.REMOVED : nextValue());
			}
		}
	}

	private void changeShared(StressAccount account) {
		StressRequest request = share(account);
		if (request != null) {
			change(account, request, request.name() + this.name, nextValue());
		}
	}

	private @Nullable StressRequest share(StressAccount account) {
		StressRequest request = account.shared();
		if (request == null || request.isUsedUp() || account.isRenamedSince(request.seen(), request)) {
			request = find(account);
			if (request != null) {
				account.share(request);
			}
		}
		return request;
	}

	private void change(StressAccount account, StressRequest request, String attribute, String value) {
		account.attempt(attribute, value);
		request.session().setAttribute(attribute, value.equals(StressAccount.REMOVED) ? null : value);
		boolean saved = save(request.session());
		boolean kept = saved && !account.isRenamedSince(request.seen(), request);
		if (kept) {
			account.acknowledge(attribute, value);
		}
		account.note(request.name() + " set " + attribute + " to '" + value + "' " + (saved ? "saved" : "failed")
				+ (kept ? "" : ", may be lost"));
	}

	private void look(StressAccount account) {
		StressRequest request = find(account);
		if (request != null) {
			check(account, request);
		}
	}

	/*
	 * A request that has found its session just before the id was changed or the session
	 * has ended loses its own changes, and may not see others.
	 */
	private void check(StressAccount account, StressRequest request) {
		String value = account.read(this.name, request.session());
		if (!account.isEnding() && !account.isRenamedSince(request.seen(), null)) {
			account.check(this.name, value);
		}
	}

	private @Nullable StressRequest find(StressAccount account) {
		int seen = account.settledRenamings();
		String id = account.current();
		try {
			KvSession session = this.repository.findById(id);
			if (session != null) {
				return new StressRequest(session, seen);
			}
		}
		catch (KvException ex) {
			return null;
		}
		if (!account.isEnding() && !account.isRenamedSince(seen, null)) {
			throw new AssertionError("A session is gone that nobody has ended: " + id + "; absent in KV: "
					+ this.repository.getStatistics().count(KvSessionEvent.SERVED_AFTER_END) + account);
		}
		return null;
	}

	private void rename(StressAccount account) {
		boolean together = this.random.nextBoolean();
		StressRequest request = together ? share(account) : find(account);
		if (request == null || !account.beginRenaming(request)) {
			return;
		}
		String before = account.current();
		String id = request.session().changeSessionId();
		account.note(request.name() + " changes " + before + " to " + id);
		boolean saved = save(request.session()) || (together && isFound(id));
		if (!saved) {
			request.fail();
		}
		account.renamed(id, saved);
		account.note(request.name() + " changed " + before + " to " + id + (saved ? "" : ", failed"));
		checkGone(account, saved ? before : id);
		look(account);
	}

	/*
	 * Who logs out under the id before the last change ends the session as well.
	 */
	private void end(StressAccount account) {
		account.beginEnd();
		String id = this.random.nextBoolean() ? account.current() : account.previous();
		account.note("ends " + id);
		try {
			this.repository.deleteById(id);
		}
		catch (KvException ex) {
			account.note("ended here only: " + ex.getMessage());
		}
		account.end();
		checkOver(account);
	}

	private void lookAtAnother() {
		int size = this.all.size();
		StressAccount account = this.all
			.get(size - 1 - this.random.nextInt(Math.min(size, this.accounts.length() * 2)));
		checkOver(account);
	}

	private void checkOver(StressAccount account) {
		if (account.isOver()) {
			account.ids().forEach((id) -> checkGone(account, id));
		}
	}

	private void checkGone(StressAccount account, String id) {
		if (isFound(id)) {
			throw new AssertionError("An id is found that has ended: " + id + account);
		}
	}

	private boolean isFound(String id) {
		try {
			return this.repository.findById(id) != null;
		}
		catch (KvException ex) {
			return false;
		}
	}

	private boolean save(KvSession session) {
		try {
			this.repository.save(session);
			return true;
		}
		catch (KvException ex) {
			return false;
		}
	}

	private String nextValue() {
		return this.name + "-" + ++this.values;
	}

}
