/**
 * What every store in a directory, and the program around it, need of the file system: private files, the lock, the places in a data
 * directory, and words for what went wrong. Nothing here may know what a file holds.
 */
@NullMarked
package dev.pychat.store.directory.internal;

import org.jspecify.annotations.NullMarked;
