package dev.kvsession.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sample itself. Immutable.
 *
 * @param imageSources from where, beside the app itself, pages may load images (the
 * avatars), in the grammar of Content-Security-Policy
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("https:") String imageSources) {
}
