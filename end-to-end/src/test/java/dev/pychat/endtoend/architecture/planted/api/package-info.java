/** A public type whose signatures name what nobody outside can name. */
@NullMarked
package dev.pychat.endtoend.architecture.planted.api;

import org.jspecify.annotations.NullMarked;
