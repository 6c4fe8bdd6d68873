/**
 * The screens: what is asked, what each understands, what is shown. Nothing here may know whether lines come from a
 * terminal or a pipe except by asking the console, and nothing here opens files or sockets.
 */
@NullMarked
package dev.pychat.ref.client.screen;

import org.jspecify.annotations.NullMarked;
