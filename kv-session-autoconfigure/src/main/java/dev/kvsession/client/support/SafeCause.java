package dev.kvsession.client.support;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Makes causes safe to show: an HTTP client's exceptions may quote the URL with its key,
 * or anything that the peer sent. Types whose messages come from the JDK alone are kept;
 * of others only type and stack trace remain. An {@link Error} stays one: it is this
 * application's and says nothing about KV.
 */
public final class SafeCause {

	private static final List<Class<? extends Exception>> HARMLESS = List.of(SocketException.class,
			SocketTimeoutException.class, UnknownHostException.class, HttpTimeoutException.class, SSLException.class,
			EOFException.class, ClosedChannelException.class, UnresolvedAddressException.class);

	private SafeCause() {
	}

	public static Throwable of(Throwable failure) {
		return (isHarmless(failure) ? failure : stripped(failure));
	}

	private static boolean isHarmless(@Nullable Throwable failure) {
		for (Throwable link = failure; link != null; link = link.getCause()) {
			Throwable candidate = link;
			if (link.getSuppressed().length > 0 || HARMLESS.stream().noneMatch((type) -> type.isInstance(candidate))) {
				return false;
			}
		}
		return true;
	}

	private static Throwable stripped(Throwable failure) {
		String type = failure.getClass().getName();
		Throwable replacement = (failure instanceof Error) ? new Error(type) : new IOException(type);
		replacement.setStackTrace(failure.getStackTrace());
		return replacement;
	}

}
