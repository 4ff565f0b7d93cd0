package dev.kvsession.session.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kvsession.client.KvException;

/**
 * Answers a request whose session could not be read or saved. A bean of this type
 * replaces the default, which answers 503 with {@code Retry-After} and a short text as
 * HTML or as problem JSON. It is not asked if KV refuses the record itself, which is the
 * application's fault and fails as any other. Implementations are safe for concurrent
 * use.
 */
@FunctionalInterface
public interface SessionUnavailableHandler {

	/**
	 * Writes the answer. The response is not committed, its status is 200 and its body
	 * empty; of the headers those are left that do not describe a body, cookies included,
	 * and {@code Cache-Control} is {@code no-store}.
	 * @param request the request
	 * @param response the response
	 * @param failure what KV did
	 * @throws IOException if the answer cannot be written
	 */
	void handle(HttpServletRequest request, HttpServletResponse response, KvException failure) throws IOException;

}
