package dev.kvsession.autoconfigure;

import java.util.List;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class FilterRegistrationTests {

	@Test
	void standsOneBeforeSpringSessionsFilter() {
		SessionContexts.configured().run((context) -> {
			int spring = order(context, "sessionRepositoryFilterRegistration");
			assertThat(spring).isEqualTo(Integer.MIN_VALUE + 50);
			assertThat(order(context, "kvSessionFilterRegistration")).isEqualTo(spring - 1);
		});
	}

	@Test
	void followsTheConfiguredOrder() {
		SessionContexts.configured()
			.withPropertyValues("spring.session.servlet.filter-order=7")
			.run((context) -> assertThat(List.of(order(context, "kvSessionFilterRegistration"),
					order(context, "sessionRepositoryFilterRegistration")))
				.containsExactly(6, 7));
	}

	@Test
	void refusesAnOrderThatNothingCanStandBefore() {
		SessionContexts.configured()
			.withPropertyValues("spring.session.servlet.filter-order=" + Integer.MIN_VALUE)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("spring.session.servlet.filter-order")));
	}

	@Test
	void supportsAsynchronousRequests() {
		SessionContexts.configured()
			.run((context) -> assertThat(
					context.getBean("kvSessionFilterRegistration", DelegatingFilterProxyRegistrationBean.class)
						.isAsyncSupported())
				.isTrue());
	}

	@Test
	void takesPartInErrorAndAsynchronousDispatches() {
		SessionContexts.configured()
			.run((context) -> assertThat(
					context.getBean("kvSessionFilterRegistration", DelegatingFilterProxyRegistrationBean.class)
						.determineDispatcherTypes())
				.containsExactlyInAnyOrder(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
	}

	private static int order(ApplicationContext context, String registration) {
		return context.getBean(registration, DelegatingFilterProxyRegistrationBean.class).getOrder();
	}

}
