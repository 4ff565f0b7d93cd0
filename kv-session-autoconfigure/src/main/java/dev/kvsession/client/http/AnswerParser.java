package dev.kvsession.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Parses what an answer says before its body, and tells its {@link HttpExchange} when the
 * first byte has come. Used by one thread at a time.
 */
final class AnswerParser extends DefaultHttpResponseParser {

	AnswerParser(Http1Config limits) {
		super(limits);
	}

	@Override
	public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream input) throws IOException, HttpException {
		HttpExchange exchange = HttpExchange.current();
		if (exchange == null) {
			return super.parse(buffer, input);
		}
		if (buffer.length() > 0) {
			exchange.answerBegins();
		}
		return super.parse(buffer, new FilterInputStream(input) {

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				int count = super.read(bytes, offset, length);
				if (count > 0) {
					exchange.answerBegins();
				}
				return count;
			}

		});
	}

}
