/**
 * The contracts of the storage seams, as abstract JUnit tests: a store passes one by a subclass that says how it is opened.
 *
 * <p>{@link dev.pychat.testkit.store.ForwardingServerStores} and {@link dev.pychat.testkit.store.ForwardingMessages} pass everything
 * on to other stores, for tests that change one call of many.
 *
 * <p>No test here knows how a store keeps what it keeps, and none ever may.
 */
@NullMarked
package dev.pychat.testkit.store;

import org.jspecify.annotations.NullMarked;
