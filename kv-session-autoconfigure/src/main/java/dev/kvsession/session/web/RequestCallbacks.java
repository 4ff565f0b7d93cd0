package dev.kvsession.session.web;

/**
 * Attributes by which Spring's session scope asks a servlet container to destroy a bean
 * when its session ends. They refer to the application's context, so no store can hold
 * them, and none would run them: they are not kept.
 */
public final class RequestCallbacks {

	/**
	 * As in {@code ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX}; a constant
	 * here, because Spring MVC's part may be absent.
	 */
	private static final String PREFIX = "org.springframework.web.context.request.ServletRequestAttributes"
			+ ".DESTRUCTION_CALLBACK.";

	/**
	 * The object that {@code HttpSessionMutexListener} offers for locking, which is of no
	 * use to another request either.
	 */
	private static final String MUTEX = "org.springframework.web.util.WebUtils.MUTEX";

	private RequestCallbacks() {
	}

	public static boolean contains(String attributeName) {
		return attributeName.startsWith(PREFIX) || attributeName.equals(MUTEX);
	}

}
