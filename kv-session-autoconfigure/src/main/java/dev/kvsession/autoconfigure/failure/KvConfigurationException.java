package dev.kvsession.autoconfigure.failure;

/**
 * The connection to KV is missing, wrong or configured too late. Names properties, never
 * their values: who mixes up namespace id and token would find the token in the log.
 */
public final class KvConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String problem;

	private final String action;

	/**
	 * Takes the sentences that the user reads.
	 * @param problem what is wrong, with the names of properties in single quotes
	 * @param action what to do
	 */
	public KvConfigurationException(String problem, String action) {
		super(problem + " " + action);
		this.problem = problem;
		this.action = action;
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
