/**
 * A client of a few lines that speaks frames and nothing more: for tests of a server that must stand what no proper client
 * sends.
 *
 * <p>It seals nothing and checks nothing. Nothing of the client engine may ever come in.
 */
@NullMarked
package dev.pychat.testkit.server;

import org.jspecify.annotations.NullMarked;
