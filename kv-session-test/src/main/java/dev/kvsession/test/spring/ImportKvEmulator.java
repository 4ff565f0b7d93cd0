package dev.kvsession.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Gives an application a {@link dev.kvsession.test.KvEmulator} of its own and sets
 * {@code cloudflare.kv.base-url}, {@code .account-id}, {@code .namespace-id} and
 * {@code .api-token} to it, before any condition asks for them and whatever else sets
 * them. On a class with {@code @SpringBootTest}, or on one that is handed to
 * {@code SpringApplication.from(...).with(...)}. The emulator is a bean and ends with its
 * context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(KvEmulatorSelector.class)
public @interface ImportKvEmulator {

	/**
	 * Returns the file that keeps what is stored, so that logins survive a restart. May
	 * hold placeholders.
	 * @return the file, relative to the working directory; empty to keep nothing
	 */
	String file() default "";

	/**
	 * Returns the port on 127.0.0.1.
	 * @return the port; 0 for a free one
	 */
	int port() default 0;

}
