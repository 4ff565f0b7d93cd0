package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user does in the shop, from the first page to the logout and after it.
 */
record ShopVisit(BalancedBrowser browser) implements Runnable {

	@Override
	public void run() {
		assertThat(this.browser.get("/public").body()).isEqualTo("welcome");
		assertThat(this.browser.login()).returns(302, HttpResponse::statusCode);
		for (int i = 0; i < 4; i++) {
			assertThat(this.browser.get("/me").body()).isEqualTo("ada");
		}
		assertThat(this.browser.get("/missing").statusCode()).isEqualTo(404);
		fillTheCart();
		assertThat(this.browser.logout().statusCode()).isEqualTo(302);
		assertThat(this.browser.cookieNames()).isEmpty();
		for (int i = 0; i < 4; i++) {
			assertThat(this.browser.get("/me").statusCode()).isNotEqualTo(200);
		}
	}

	private void fillTheCart() {
		assertThat(this.browser.get("/add/milk").body()).isEqualTo("milk");
		assertThat(this.browser.get("/items").body()).isEqualTo("milk");
		assertThat(this.browser.get("/items").body()).isEqualTo("milk");
		assertThat(this.browser.get("/add/tea").body()).isEqualTo("milk tea");
		assertThat(this.browser.get("/add/rum").body()).isEqualTo("milk rum tea");
		assertThat(this.browser.get("/later").body()).isEqualTo("ada");
		assertThat(this.browser.get("/items").body()).isEqualTo("milk rum tea");
		assertThat(this.browser.get("/items").body()).isEqualTo("milk rum tea");
	}

}
