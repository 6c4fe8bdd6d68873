/**
 * The storage seams: what a server and a client ask of their stores, as domain operations with values in and values out.
 *
 * <p>No transaction, iterator or lock is exposed. Each call is one atomic unit. Failure is one of two:
 * {@link dev.pychat.store.StoreRefusedException} (nothing happened) or
 * {@link dev.pychat.store.OutcomeUnknownException} (ask again with the same id); never a guess. Nothing assumes one process.
 * {@code pychat-testkit} holds the contract that every store passes.
 *
 * <p>The seams of the server speak of public and opaque values only; a private key may never appear in them. Those of the
 * client ({@link dev.pychat.store.ClientStores} and what it opens) hold what is secret as sealed bytes only.
 */
@NullMarked
package dev.pychat.store;

import org.jspecify.annotations.NullMarked;
