package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * Holds anything, as a wizard's state does.
 */
public record Holder(Object content, Serializable other) implements Serializable {

}
