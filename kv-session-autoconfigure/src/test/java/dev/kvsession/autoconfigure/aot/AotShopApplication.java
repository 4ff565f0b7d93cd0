package dev.kvsession.autoconfigure.aot;

import org.springframework.boot.SpringApplication;

import dev.kvsession.autoconfigure.server.ShopApplication;

/**
 * The shop with a main method, as it is processed ahead of time and started.
 */
public final class AotShopApplication {

	private AotShopApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.run(ShopApplication.class, args);
	}

}
