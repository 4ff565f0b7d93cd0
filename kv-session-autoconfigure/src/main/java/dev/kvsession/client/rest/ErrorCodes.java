package dev.kvsession.client.rest;

import java.util.Set;

/**
 * Codes of the REST API that mean something to us. Source unless stated otherwise: the
 * npm packages @distilled.cloud/cloudflare (services/kv.ts, client/api.ts) and
 * workers-sdk (local-explorer/resources/kv.ts), which follow the live API (read 2026-11).
 */
final class ErrorCodes {

	/**
	 * The key does not exist, with status 404. An answer to a delete, and none to a bulk
	 * read.
	 */
	static final int KEY_NOT_FOUND = 10009;

	/** The account's free daily usage of this operation is spent, with status 429. */
	static final int DAILY_QUOTA = 10048;

	/**
	 * The token is throttled; seen with 429, but inside other statuses, 200 included,
	 * too.
	 */
	static final int THROTTLED = 971;

	/** Bad or missing token, or one without the permission; with 400, 401 or 403. */
	static final Set<Integer> AUTHORIZATION = Set.of(10000, 10001, 6003, 9103, 9106, 9109);

	/**
	 * Nothing is at this path, or an id in it is malformed or unknown: with 404, or with
	 * 400 as other parts of Cloudflare's API answer it.
	 */
	static final Set<Integer> NO_ROUTE = Set.of(7000, 7003, 10013);

	/**
	 * The key is outside the prefixes that this project's gateway Worker opens, with
	 * status 403.
	 */
	static final int KEY_NOT_OPEN = 90001;

	/** The gateway Worker lacks a variable, with status 403. */
	static final int GATEWAY_NOT_CONFIGURED = 90002;

	private ErrorCodes() {
	}

}
