/**
 * Where lines come from and go to: a person's terminal, or pipes and files. Nothing here may know what the lines mean.
 */
@NullMarked
package dev.pychat.ref.client.terminal;

import org.jspecify.annotations.NullMarked;
