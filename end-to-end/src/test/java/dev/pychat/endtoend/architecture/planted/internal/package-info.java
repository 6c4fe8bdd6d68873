/** What no signature may name. */
@NullMarked
package dev.pychat.endtoend.architecture.planted.internal;

import org.jspecify.annotations.NullMarked;
