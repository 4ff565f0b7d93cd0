/**
 * The sample as a demo: the application as a process of its own, which can be restarted
 * while KV and the stand-in for GitHub live on.
 */
package dev.kvsession.sample.demo;
