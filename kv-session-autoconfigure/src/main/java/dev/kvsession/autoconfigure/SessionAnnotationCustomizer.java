package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.Arrays;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.util.Assert;

import dev.kvsession.session.KvSessionRepository;

/**
 * Passes the attributes of {@link EnableKvHttpSession} that are set to the repository.
 */
final class SessionAnnotationCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	private final MergedAnnotation<EnableKvHttpSession> annotation;

	SessionAnnotationCustomizer(MergedAnnotation<EnableKvHttpSession> annotation) {
		this.annotation = annotation;
	}

	@Override
	public void customize(KvSessionRepository repository) {
		if (!this.annotation.isPresent()) {
			return;
		}
		Integer[] seconds = Arrays.stream(this.annotation.getIntArray("maxInactiveIntervalInSeconds"))
			.boxed()
			.toArray(Integer[]::new);
		if (isSet("maxInactiveIntervalInSeconds", seconds)) {
			repository.setDefaultMaxInactiveInterval(Duration.ofSeconds(seconds[0]));
		}
		String keyPrefix = this.annotation.getString("keyPrefix");
		if (!keyPrefix.isEmpty()) {
			repository.setKeyPrefix(keyPrefix);
		}
		FlushMode[] flushMode = this.annotation.getEnumArray("flushMode", FlushMode.class);
		if (isSet("flushMode", flushMode)) {
			repository.setFlushMode(flushMode[0]);
		}
		SaveMode[] saveMode = this.annotation.getEnumArray("saveMode", SaveMode.class);
		if (isSet("saveMode", saveMode)) {
			repository.setSaveMode(saveMode[0]);
		}
	}

	private static boolean isSet(String name, Object[] values) {
		Assert.state(values.length <= 1, () -> "@EnableKvHttpSession takes at most one value for '" + name + "'");
		return values.length == 1;
	}

}
