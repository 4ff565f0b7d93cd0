package dev.kvsession.autoconfigure.server;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.web.exchanges.HttpExchange;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that notes, wherever it can, which cookies it sees.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@RestController
class EchoApplication implements ErrorController {

	/**
	 * What was seen, each with the dispatch it was seen in.
	 */
	static final List<String> SEEN = new CopyOnWriteArrayList<>();

	/**
	 * What the actuator recorded, each some time after its answer.
	 */
	static final BlockingQueue<HttpExchange> EXCHANGES = new LinkedBlockingQueue<>();

	private final AtomicInteger writes = new AtomicInteger();

	private static void see(String where, HttpServletRequest request) {
		List<String> names = (request.getCookies() != null)
				? Stream.of(request.getCookies()).map(Cookie::getName).sorted().toList() : List.of();
		List<String> headers = Collections.list(request.getHeaders("cookie"))
			.stream()
			.flatMap((line) -> Stream.of(line.split("; *")))
			.map((pair) -> pair.split("=", 2)[0])
			.sorted()
			.toList();
		SEEN.add(where + " " + request.getDispatcherType() + " " + names + headers);
	}

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
	}

	@Bean
	HttpExchangeRepository exchanges() {
		return new HttpExchangeRepository() {

			@Override
			public List<HttpExchange> findAll() {
				return List.copyOf(EXCHANGES);
			}

			@Override
			public void add(HttpExchange exchange) {
				EXCHANGES.add(exchange);
			}

		};
	}

	@Bean
	FilterRegistrationBean<Filter> innerFilter() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
			see("filter", (HttpServletRequest) request);
			chain.doFilter(request, response);
		});
		filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
		return filter;
	}

	@GetMapping("/write")
	String write(HttpSession session) {
		session.setAttribute("at", this.writes.incrementAndGet());
		return "written";
	}

	@GetMapping("/plain")
	ResponseEntity<String> plain(HttpServletRequest request) {
		see("page", request);
		return ResponseEntity.ok("seen");
	}

	@GetMapping("/later")
	Callable<String> later(HttpServletRequest request) {
		see("page", request);
		return () -> "seen";
	}

	@GetMapping("/dispatch")
	void dispatch(HttpServletRequest request) {
		AsyncContext async = request.startAsync();
		async.dispatch("/plain");
	}

	@GetMapping("/dispatch-wrapped")
	void dispatchWrapped(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext async = request.startAsync(request, response);
		async.dispatch("/plain");
	}

	@GetMapping("/context")
	void context(HttpServletRequest request) {
		if (request.getDispatcherType() == DispatcherType.ASYNC) {
			see("page", request);
			return;
		}
		AsyncContext async = request.startAsync();
		see("context", (HttpServletRequest) async.getRequest());
		see("context", (HttpServletRequest) request.getAsyncContext().getRequest());
		async.dispatch();
	}

	@GetMapping("/forward")
	void forward(HttpServletRequest request, HttpServletResponse response) throws Exception {
		RequestDispatcher dispatcher = request.getRequestDispatcher("/plain");
		dispatcher.forward(request, response);
	}

	@GetMapping("/fail")
	void fail(HttpServletResponse response) throws Exception {
		response.sendError(HttpServletResponse.SC_CONFLICT);
	}

	@RequestMapping("/error")
	String error(HttpServletRequest request) {
		see("page", request);
		return "an error";
	}

}
