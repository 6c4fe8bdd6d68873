/** The server's engine as clients meet it, over its real codec. */
@NullMarked
package dev.pychat.testkit.server;

import org.jspecify.annotations.NullMarked;
