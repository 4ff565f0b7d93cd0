/**
 * GitHub login whose session lives in Cloudflare KV.
 */
@NullMarked
package dev.kvsession.sample;

import org.jspecify.annotations.NullMarked;
