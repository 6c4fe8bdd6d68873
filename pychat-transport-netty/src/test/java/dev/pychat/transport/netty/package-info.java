@NullMarked
package dev.pychat.transport.netty;

import org.jspecify.annotations.NullMarked;
