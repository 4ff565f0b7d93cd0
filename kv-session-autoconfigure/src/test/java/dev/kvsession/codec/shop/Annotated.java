package dev.kvsession.codec.shop;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Brings its own type ids.
 */
public record Annotated(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object content) implements Serializable {

}
