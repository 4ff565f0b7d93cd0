package dev.kvsession.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

/**
 * Keeps {@code HttpSession} in Cloudflare Workers KV; stands on a {@code @Configuration}
 * class. Needed only without auto-configuration, or to fix settings in code. It creates
 * the same beans.
 * <p>
 * All properties {@code cloudflare.kv.*} apply, except
 * {@code cloudflare.kv.session.enabled}, which this annotation replaces. An attribute
 * that is set overrides its property, and a {@code SessionRepositoryCustomizer} bean
 * overrides both. The start fails if neither the properties nor a
 * {@link KvConnectionDetails} or {@link dev.kvsession.client.KvClient} bean say where KV
 * is.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Documented
@Import(KvHttpSessionSelector.class)
public @interface EnableKvHttpSession {

	/**
	 * How long sessions may be idle, in seconds; zero or negative for no limit.
	 * @return one number, or none for {@code cloudflare.kv.session.timeout}
	 */
	int[] maxInactiveIntervalInSeconds() default {};

	/**
	 * Prefix of the keys of session records, 1 to 256 visible ASCII characters.
	 * @return the prefix, or an empty string for {@code cloudflare.kv.session.key-prefix}
	 */
	String keyPrefix() default "";

	/**
	 * When changes of a session are written.
	 * @return one mode, or none for {@code cloudflare.kv.session.flush-mode}
	 */
	FlushMode[] flushMode() default {};

	/**
	 * Which attributes of a session are written.
	 * @return one mode, or none for {@code cloudflare.kv.session.save-mode}
	 */
	SaveMode[] saveMode() default {};

}
