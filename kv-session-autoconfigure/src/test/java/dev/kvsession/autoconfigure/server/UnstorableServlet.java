package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.util.Collections;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/**
 * Puts into sessions what cannot be stored, and answers in all the ways there are.
 */
final class UnstorableServlet extends HttpServlet {

	/**
	 * Longer than any container's buffer.
	 */
	static final String TEXT = "all of the page ".repeat(8192);

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		switch (request.getServletPath() + request.getDispatcherType()) {
			case "/goodREQUEST" -> request.getSession().setAttribute("user", "ada");
			case "/asyncREQUEST" -> {
				AsyncContext async = request.startAsync();
				async.dispatch();
			}
			case "/errorERROR" -> errorPage(request, response);
			case "/seeREQUEST" -> response.getWriter().print(attributes(request));
			case "/renamedREQUEST" -> {
				request.changeSessionId();
				spoil(request, response);
			}
			default -> spoil(request, response);
		}
	}

	private static void spoil(HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.getSession().setAttribute("bad", Thread.currentThread());
		switch (request.getServletPath()) {
			case "/flushed" -> response.flushBuffer();
			case "/long" -> response.getWriter().print(TEXT);
			case "/redirected" -> response.sendRedirect("/see");
			case "/refused" -> response.sendError(HttpServletResponse.SC_CONFLICT);
			case "/broken" -> throw new IllegalStateException("Broken as well");
			default -> response.getWriter().print("short");
		}
	}

	private static void errorPage(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setContentType("text/plain");
		response.getWriter()
			.print("error " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + attributes(request) + TEXT);
	}

	private static String attributes(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null) ? Collections.list(session.getAttributeNames()).toString() : "none";
	}

}
