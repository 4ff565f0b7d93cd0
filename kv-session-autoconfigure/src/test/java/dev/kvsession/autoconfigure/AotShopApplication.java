package dev.kvsession.autoconfigure;

import org.springframework.boot.SpringApplication;

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
