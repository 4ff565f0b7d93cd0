package dev.kvsession.test;

/**
 * Ends the handling of a call with an error answer.
 */
final class Refusal extends RuntimeException {

	private final transient Answer answer;

	Refusal(Answer answer) {
		super("refused with status " + answer.status(), null, false, false);
		this.answer = answer;
	}

	Answer answer() {
		return this.answer;
	}

}
