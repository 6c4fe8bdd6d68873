/**
 * How an operator's command reaches the server that holds the data directory: over a UNIX domain socket in the directory
 * {@code control} beside the store, which its owner alone can enter.
 *
 * <pre>
 * request   one line of UTF-8: the command's words, with a space between
 * answer    one line: exit code, and behind a space a sentence where it is not 0; then what the command prints
 * </pre>
 *
 * <p>What a command does stands elsewhere; here may come in only how it is asked for.
 */
@NullMarked
package dev.pychat.ref.server.control;

import org.jspecify.annotations.NullMarked;
