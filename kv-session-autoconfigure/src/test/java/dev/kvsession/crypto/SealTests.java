package dev.kvsession.crypto;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealTests {

	@Test
	@DisplayName("P12 of ten million nonces no two are the same")
	void noncesDiffer() {
		Seal one = new Seal(KeyRing.of(List.of("a:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="))
			.first()
			.derive("nonces", Seal.ALGORITHM));
		long[] beginnings = new long[10_000_000];
		for (int i = 0; i < beginnings.length; i++) {
			byte[] nonce = one.nonce();
			for (int at = 0; at < Long.BYTES; at++) {
				beginnings[i] = (beginnings[i] << Byte.SIZE) | (nonce[at] & 0xFF);
			}
		}
		Arrays.sort(beginnings);
		for (int i = 1; i < beginnings.length; i++) {
			if (beginnings[i] == beginnings[i - 1]) {
				throw new AssertionError("the same twice");
			}
		}
	}

}
