/** A store that gives away what it should not. */
@NullMarked
package dev.pychat.endtoend.architecture.planted.store;

import org.jspecify.annotations.NullMarked;
