/**
 * A stand-in for GitHub's login, so that the sample runs and is tested without network or
 * account.
 */
package dev.kvsession.sample.github;
