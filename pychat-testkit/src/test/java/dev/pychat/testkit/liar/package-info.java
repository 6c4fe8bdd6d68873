/** Tests of the liar itself; what it does to clients is tried in {@code dev.pychat.testkit.client}. */
@NullMarked
package dev.pychat.testkit.liar;

import org.jspecify.annotations.NullMarked;
