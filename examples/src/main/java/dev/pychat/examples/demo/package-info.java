/**
 * The demo: two people chat through the reference client's own screens and the reference server, over TLS, and what the
 * server stored is shown beside what they typed. Whatever does not hold makes it fail.
 */
@NullMarked
package dev.pychat.examples.demo;

import org.jspecify.annotations.NullMarked;
