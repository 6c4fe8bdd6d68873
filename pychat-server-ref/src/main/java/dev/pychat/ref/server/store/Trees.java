package dev.pychat.ref.server.store;

import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/**
 * All trees; the package draws them.
 *
 * <p>Immutable and thread-safe.
 */
record Trees(
        Tree installation,
        Tree accounts,
        Tree tombstones,
        Tree vaults,
        Tree tokens,
        Tree bundles,
        Tree epochs,
        Tree pools,
        Tree oneTimeKeys,
        Tree blocks,
        Tree conversations,
        Tree inboxes,
        Tree ledgers,
        Tree messages) {

    static Trees open(Environment environment, Transaction txn) {
        return new Trees(
                tree(environment, txn, "installation"),
                tree(environment, txn, "accounts"),
                tree(environment, txn, "tombstones"),
                tree(environment, txn, "vaults"),
                tree(environment, txn, "tokens"),
                tree(environment, txn, "bundles"),
                tree(environment, txn, "epochs"),
                tree(environment, txn, "pools"),
                tree(environment, txn, "one-time-keys"),
                tree(environment, txn, "blocks"),
                tree(environment, txn, "conversations"),
                tree(environment, txn, "inboxes"),
                tree(environment, txn, "ledgers"),
                tree(environment, txn, "messages"));
    }

    private static Tree tree(Environment environment, Transaction txn, String name) {
        return new Tree(environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, txn));
    }
}
