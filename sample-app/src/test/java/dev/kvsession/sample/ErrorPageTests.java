package dev.kvsession.sample;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * Every failure ends on a page in plain words.
 */
class ErrorPageTests {

	private final MockMvc mvc = MockMvcBuilders.webAppContextSetup(SampleStack.shared().context()).build();

	@ParameterizedTest
	@CsvSource({ "400, We could not understand that", "403, That was not allowed", "404, There is nothing here",
			"405, We could not understand that", "500, Something went wrong on our side",
			"502, Something went wrong on our side", "503, We cannot read sessions just now" })
	void saysWhatToDo(int status, String title) throws Exception {
		var response = this.mvc
			.perform(get("/error").accept(MediaType.TEXT_HTML)
				.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status)
				.requestAttr(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("secret detail")))
			.andReturn()
			.getResponse();
		assertThat(response.getStatus()).isEqualTo(status);
		assertThat(response.getContentAsString()).contains(title, "Back to the start").doesNotContain("secret detail");
	}

}
