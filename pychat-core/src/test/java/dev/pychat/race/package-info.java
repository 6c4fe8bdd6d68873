/** Two threads let loose on one thing, many times, for what is shared without a lock. */
@NullMarked
package dev.pychat.race;

import org.jspecify.annotations.NullMarked;
