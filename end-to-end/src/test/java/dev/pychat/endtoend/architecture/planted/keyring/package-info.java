/** Private halves, as far as the planted server is concerned. */
@NullMarked
package dev.pychat.endtoend.architecture.planted.keyring;

import org.jspecify.annotations.NullMarked;
