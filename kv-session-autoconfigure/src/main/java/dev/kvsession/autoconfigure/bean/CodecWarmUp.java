package dev.kvsession.autoconfigure.bean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import dev.kvsession.codec.JsonSessionCodec;

/**
 * Warms the codec up in the background once the application is ready, so that neither the
 * start nor the first login waits for it. Makes no call. A failure shows again at the
 * first login.
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
			logger.debug("The session codec could not be warmed up; the first login will be slower", ex);
		}
	}

}
