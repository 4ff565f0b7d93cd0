package dev.kvsession.codec.shop;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Details of a login with more than Spring Security's.
 */
public class ShopDetails extends WebAuthenticationDetails {

	private static final long serialVersionUID = 1L;

	private final String tenant;

	public ShopDetails(HttpServletRequest request) {
		super(request);
		this.tenant = request.getServerName();
	}

	public String getTenant() {
		return this.tenant;
	}

}
