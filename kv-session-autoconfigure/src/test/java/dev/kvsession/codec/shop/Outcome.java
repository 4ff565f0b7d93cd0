package dev.kvsession.codec.shop;

import java.io.Serializable;

import org.springframework.security.core.AuthenticationException;

/**
 * How a login went.
 */
public record Outcome(AuthenticationException failure, Exception first, Throwable last) implements Serializable {

}
