package dev.kvsession.codec.value;

import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

import org.jspecify.annotations.Nullable;

/**
 * URLs that compare their hosts by name. Others ask the name servers as soon as they are
 * put into a set, so whoever forges a record could make this machine send requests.
 * Opening one works as usual.
 */
final class QuietUrls extends URLStreamHandler {

	private final int defaultPort;

	private QuietUrls(int defaultPort) {
		this.defaultPort = defaultPort;
	}

	static URL parse(String text) {
		try {
			URL usual = new URL(text);
			return new URL(null, text, new QuietUrls(usual.getDefaultPort()));
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("not a URL");
		}
	}

	@Override
	protected int getDefaultPort() {
		return this.defaultPort;
	}

	@Override
	protected @Nullable InetAddress getHostAddress(URL url) {
		return null;
	}

	@Override
	protected URLConnection openConnection(URL url) throws IOException {
		return new URL(url.toExternalForm()).openConnection();
	}

	@Override
	protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
		return new URL(url.toExternalForm()).openConnection(proxy);
	}

}
