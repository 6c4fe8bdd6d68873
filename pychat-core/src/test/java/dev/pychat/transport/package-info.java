/** Tests of what the transports share. Their contract runs from the test kit. */
@NullMarked
package dev.pychat.transport;

import org.jspecify.annotations.NullMarked;
