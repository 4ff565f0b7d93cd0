package dev.kvsession.autoconfigure.server;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A servlet container that is not Tomcat, with error pages at {@code /error}.
 */
final class JettyServer implements AutoCloseable {

	private final Server server = new Server();

	private final ServerConnector connector = new ServerConnector(this.server);

	JettyServer(HttpServlet application, Filter... filters) {
		ServletContextHandler context = new ServletContextHandler("/");
		for (Filter filter : filters) {
			FilterHolder holder = new FilterHolder(filter);
			holder.setAsyncSupported(true);
			context.addFilter(holder, "/*",
					EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
		}
		ServletHolder servlet = new ServletHolder(application);
		servlet.setAsyncSupported(true);
		context.addServlet(servlet, "/");
		ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
		errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, "/error");
		context.setErrorHandler(errors);
		this.connector.setHost("127.0.0.1");
		this.server.addConnector(this.connector);
		this.server.setHandler(context);
		try {
			this.server.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.connector.getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
