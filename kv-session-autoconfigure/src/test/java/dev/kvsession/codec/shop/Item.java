package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.math.BigDecimal;

public record Item(long id, String name, BigDecimal price, Color color) implements Serializable {

}
