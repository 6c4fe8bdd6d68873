/** Tests of frames and their codec. */
@NullMarked
package dev.pychat.wire;

import org.jspecify.annotations.NullMarked;
