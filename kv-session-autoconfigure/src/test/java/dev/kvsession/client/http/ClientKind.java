package dev.kvsession.client.http;

import java.time.Duration;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvScheduler;

/**
 * The HTTP clients that carry calls.
 */
public enum ClientKind {

	JDK {

		@Override
		public RestClientTransport create(KvConnection connection, Duration connectTimeout, Duration readTimeout,
				KvScheduler scheduler, TransportLimits limits) {
			return RestClientTransport.create(new JdkRequestFactory(connectTimeout, readTimeout, scheduler, limits),
					connection, scheduler, limits);
		}

	},

	APACHE {

		@Override
		public RestClientTransport create(KvConnection connection, Duration connectTimeout, Duration readTimeout,
				KvScheduler scheduler, TransportLimits limits) {
			return RestClientTransport.create(new ApacheRequestFactory(connectTimeout, readTimeout, scheduler),
					connection, scheduler, limits);
		}

	};

	public abstract RestClientTransport create(KvConnection connection, Duration connectTimeout, Duration readTimeout,
			KvScheduler scheduler, TransportLimits limits);

}
