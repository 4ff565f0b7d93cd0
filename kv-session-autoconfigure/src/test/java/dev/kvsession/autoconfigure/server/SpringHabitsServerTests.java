package dev.kvsession.autoconfigure.server;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.annotation.SessionScope;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring applications do with sessions on other stores, on a real server.
 */
class SpringHabitsServerTests {

	private final KvEmulator kv = KvEmulator.start();

	private ShopApplication.Running shop;

	@BeforeEach
	void start() {
		Basket.CLOSED.set(0);
		this.shop = ShopApplication.start(Application.class, this.kv.properties(),
				"cloudflare.kv.session.json.trusted-packages=" + SpringHabitsServerTests.class.getName());
	}

	@AfterEach
	void stop() {
		this.shop.close();
		this.kv.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "basket", "till" })
	@DisplayName("P9 a session-scoped bean that is to be destroyed is stored without its callback")
	void storesBeansThatAreToBeDestroyed(String bean) {
		Browser browser = new Browser(this.shop);
		assertThat(browser.getAny("/public/" + bean).body()).isEqualTo("1");
		assertThat(browser.getAny("/public/" + bean).body()).isEqualTo("2");
		assertThat(stored()).hasSize(1)
			.allSatisfy((record) -> assertThat(record).contains("scopedTarget." + bean)
				.doesNotContain("DESTRUCTION_CALLBACK"));
		assertThat(browser.getAny("/public/names").body()).doesNotContain("DESTRUCTION_CALLBACK");
		assertThat(browser.getAny("/public/end").statusCode()).isEqualTo(200);
		assertThat(browser.getAny("/public/" + bean).body()).isEqualTo("1");
		assertThat(Basket.CLOSED).hasValue(0);
	}

	@Test
	@DisplayName("P9 the errors of a form reach its page through a redirect")
	void errorsSurviveARedirect() {
		Browser browser = new Browser(this.shop);
		assertThat(browser.getAny("/public/order?price=cheap&name=tea").statusCode()).isEqualTo(302);
		String page = browser.getAny("/public/form").body();
		assertThat(page).contains("typeMismatch.form.price", "cheap", "name is taken", "tea", "19.90");
		assertThat(browser.getAny("/public/form").body()).isEqualTo("nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-NO-x-lvariant-NY", "x-y", "*", "de-1996;q=0.5, th-TH-u-nu-thai-x-lvariant-TH", "-",
			"i-klingon, en-GB-oed, zh-min-nan", "_,__,a_b-c_d", "no-Latn-NO-x-lvariant-NY" })
	@DisplayName("P9 no header of a browser keeps it from the login page, and the login brings it back")
	void anyLanguageReachesTheLoginPage(String languages) {
		Browser browser = new Browser(this.shop);
		assertThat(
				browser.getAny("/me?@class=java.io.File&%23x=1&a%5B0%5D.b=%F0%9F%98%80", "Accept-Language", languages)
					.headers()
					.firstValue("location"))
			.hasValueSatisfying((location) -> assertThat(location).endsWith("/login"));
		assertThat(browser.login().headers().firstValue("location"))
			.hasValueSatisfying((location) -> assertThat(location).contains("/me?@class=java.io.File"));
		assertThat(browser.getAny("/me").body()).isEqualTo("ada 5");
	}

	private List<String> stored() {
		return this.kv.contents().keys("session:").stream().map((key) -> this.kv.contents().get(key).text()).toList();
	}

	/**
	 * The application.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@org.springframework.context.annotation.Import({ Basket.class, Till.class })
	@org.springframework.stereotype.Controller
	static class Application {

		private final Basket basket;

		private final Till till;

		Application(Basket basket, Till till) {
			this.basket = basket;
			this.till = till;
		}

		@Bean
		static SecurityFilterChain security(HttpSecurity http) {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		static UserDetailsService users() {
			return (name) -> new Shopper(5L, name, AuthorityUtils.createAuthorityList("ROLE_USER"));
		}

		@GetMapping("/me")
		@ResponseBody
		String me(@AuthenticationPrincipal Shopper shopper) {
			return shopper.getUsername() + " " + shopper.id;
		}

		@GetMapping("/public/basket")
		@ResponseBody
		String basket() {
			return this.basket.count();
		}

		@GetMapping("/public/till")
		@ResponseBody
		String till() {
			return this.till.count();
		}

		@GetMapping("/public/names")
		@ResponseBody
		String names(HttpSession session) {
			return String.join(" ", java.util.Collections.list(session.getAttributeNames()));
		}

		@GetMapping("/public/end")
		@ResponseBody
		String end(HttpSession session) {
			session.invalidate();
			return "";
		}

		@GetMapping("/public/order")
		String order(@ModelAttribute("form") Form form, BindingResult errors, RedirectAttributes flash) {
			errors.rejectValue("name", "taken", new Object[] { "tea", new BigDecimal("19.90") }, "name is taken");
			errors.reject("closed");
			flash.addFlashAttribute("form", form);
			flash.addFlashAttribute(BindingResult.MODEL_KEY_PREFIX + "form", errors);
			flash.addFlashAttribute("total", new BigDecimal("19.90"));
			return "redirect:/public/form";
		}

		@GetMapping("/public/form")
		@ResponseBody
		String form(Model model) {
			if (!(model.getAttribute(BindingResult.MODEL_KEY_PREFIX + "form") instanceof BindingResult errors)) {
				return "nothing";
			}
			FieldError price = errors.getFieldErrors("price").get(0);
			return List
				.of(price.getCodes()[0], price.getRejectedValue(), price.getArguments()[0],
						errors.getFieldError("name").getDefaultMessage(), errors.getFieldValue("name"),
						errors.getFieldValue("price"), errors.getGlobalErrorCount(), model.getAttribute("total"))
				.toString();
		}

	}

	/**
	 * A principal of its own.
	 */
	static class Shopper extends User {

		private static final long serialVersionUID = 1L;

		private final Long id;

		Shopper(Long key, String name, List<GrantedAuthority> authorities) {
			super(name, "{noop}pw", authorities);
			this.id = key;
		}

	}

	/**
	 * A form.
	 */
	public static class Form {

		private String name;

		private BigDecimal price;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public BigDecimal getPrice() {
			return this.price;
		}

		public void setPrice(BigDecimal price) {
			this.price = price;
		}

	}

	/**
	 * Has a method to be called at its end.
	 */
	@Component("basket")
	@SessionScope
	static class Basket {

		static final AtomicInteger CLOSED = new AtomicInteger();

		private int count;

		String count() {
			return String.valueOf(++this.count);
		}

		@PreDestroy
		void destroy() {
			CLOSED.incrementAndGet();
		}

	}

	/**
	 * Is to be closed at its end.
	 */
	@Component("till")
	@SessionScope
	static class Till implements AutoCloseable {

		private int count;

		String count() {
			return String.valueOf(++this.count);
		}

		@Override
		public void close() {
			Basket.CLOSED.incrementAndGet();
		}

	}

}
