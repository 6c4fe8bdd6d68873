/**
 * The real programs, started as a user starts them: the release's launcher, processes of their own, TLS, files on disk and
 * the real costs of passwords. Nothing here may reach into a program; tests see what a person or a script sees, and the
 * files.
 */
@NullMarked
package dev.pychat.endtoend.programs;

import org.jspecify.annotations.NullMarked;
