/**
 * What the program and its store both need of the file system: private files, and words for what went wrong. Nothing here may know
 * what a file holds.
 */
@NullMarked
package dev.pychat.ref.server.internal;

import org.jspecify.annotations.NullMarked;
