package dev.kvsession.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user reads when the application does not start: the analysis of the first
 * registered analyzer that has one, found as Spring Boot finds it.
 */
record FailedStart(FailureAnalysis analysis, String everything) {

	private static final Log logger = LogFactory.getLog(FailedStart.class);

	static FailedStart of(WebApplicationContextRunner contexts) {
		AtomicReference<ConfigurableApplicationContext> failed = new AtomicReference<>();
		AtomicReference<FailedStart> result = new AtomicReference<>();
		contexts.withInitializer(failed::set).run((context) -> {
			assertThat(context).hasFailed();
			Throwable failure = context.getStartupFailure();
			FailureAnalysis analysis = analyze(failure, failed.get());
			result
				.set(new FailedStart(analysis, stackTrace(failure) + analysis.getDescription() + analysis.getAction()));
		});
		return result.get();
	}

	String description() {
		return this.analysis.getDescription();
	}

	String action() {
		return this.analysis.getAction();
	}

	private static FailureAnalysis analyze(Throwable failure, ConfigurableApplicationContext context) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, FailureHandler.logging(logger))
			.stream()
			.map((analyzer) -> analyze(analyzer, failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No analysis of the failure", failure));
	}

	/**
	 * Some of Boot's own analyzers need classes that are not here.
	 */
	private static FailureAnalysis analyze(FailureAnalyzer analyzer, Throwable failure) {
		try {
			return analyzer.analyze(failure);
		}
		catch (NoClassDefFoundError ex) {
			return null;
		}
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
