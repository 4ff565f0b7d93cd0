package dev.kvsession.sample;

/**
 * Runs the sample offline: {@code ./mvnw -Pdemo}, and with
 * {@code -Dspring-boot.run.arguments=--edge} on the gateway Worker.
 */
public final class TestSampleApplication {

	private TestSampleApplication() {
	}

	public static void main(String[] args) {
		if (EdgeSample.isWanted(args)) {
			EdgeSample.run(args);
			return;
		}
		SampleStack stack = SampleStack.start(args);
		System.out.printf("%n  ==> Open %s in your browser. Ctrl+C stops the sample.%n%n", stack.uri());
	}

}
