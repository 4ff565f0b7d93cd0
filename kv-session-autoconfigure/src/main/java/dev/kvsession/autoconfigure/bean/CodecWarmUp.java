package dev.kvsession.autoconfigure.bean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import dev.kvsession.codec.JsonSessionCodec;

/**
 * Warms the codec up in the background once the application serves requests: neither its
 * start nor its first login then waits for it. Calls nothing remote; a failure shows
 * again, with its reason, at the first login.
 */
public final class CodecWarmUp implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(CodecWarmUp.class);

	private final JsonSessionCodec codec;

	public CodecWarmUp(JsonSessionCodec codec) {
		this.codec = codec;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		Thread thread = new Thread(this::warmUp, "kv-warm-up");
		thread.setDaemon(true);
		thread.start();
	}

	private void warmUp() {
		try {
			this.codec.warmUp();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The session codec could not be warmed up; the first login does without", ex);
		}
	}

}
