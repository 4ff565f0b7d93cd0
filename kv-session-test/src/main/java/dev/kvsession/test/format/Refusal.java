package dev.kvsession.test.format;

/** Ends the handling of a call with an error answer. */
public final class Refusal extends RuntimeException {

	private final transient Answer answer;

	Refusal(Answer answer) {
		super("refused with status " + answer.status(), null, false, false);
		this.answer = answer;
	}

	public Answer answer() {
		return this.answer;
	}

}
