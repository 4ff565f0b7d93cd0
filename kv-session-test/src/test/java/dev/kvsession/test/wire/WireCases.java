package dev.kvsession.test.wire;

import java.util.List;
import java.util.stream.Stream;

/**
 * All cases.
 */
final class WireCases {

	private WireCases() {
	}

	static Stream<WireCase> all() {
		return Stream
			.of(ValueCases.all(), ExpiryCases.all(), KeyCases.all(), MultipartCases.all(), BulkWriteCases.all(),
					BulkDeleteCases.all(), BulkGetCases.all(), ListCases.all(), RoutingCases.all(),
					CredentialCases.all(), FramingCases.all())
			.flatMap(List::stream);
	}

}
