/**
 * Key pairs for tests: published, and so of no secrecy at all. Production code refuses them.
 */
@NullMarked
package dev.pychat.testkit.key;

import org.jspecify.annotations.NullMarked;
