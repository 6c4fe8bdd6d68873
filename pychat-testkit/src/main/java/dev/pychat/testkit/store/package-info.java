/**
 * The contracts of the storage seams, as abstract JUnit tests: a store passes one by a subclass that says how it is opened.
 *
 * <p>No test here knows how a store keeps what it keeps, and none ever may.
 */
@NullMarked
package dev.pychat.testkit.store;

import org.jspecify.annotations.NullMarked;
