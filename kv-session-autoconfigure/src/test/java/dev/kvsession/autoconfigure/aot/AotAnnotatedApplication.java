package dev.kvsession.autoconfigure.aot;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.kvsession.autoconfigure.EnableKvHttpSession;
import dev.kvsession.autoconfigure.server.ShopApplication;

/**
 * The shop with its sessions switched on by the annotation, as it is processed ahead of
 * time and started.
 */
public final class AotAnnotatedApplication {

	private AotAnnotatedApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.run(Annotated.class, args);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ShopApplication.class)
	@EnableKvHttpSession(maxInactiveIntervalInSeconds = 600)
	static class Annotated {

	}

}
