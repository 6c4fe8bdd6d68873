package dev.pychat.client;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.keyring.KeyringHeader;

/** Makes keys of a passphrase, which takes as much memory as the account's cost says. Stateless; on the caller's thread. */
final class Stretching {

    /** The derivation itself. */
    interface Derivation {
        PasswordKeys keys() throws InterruptedException;
    }

    private Stretching() {}

    static PasswordKeys keys(Passphrase passphrase, KeyringHeader header)
            throws RefusedException, InterruptedException {
        return within(
                Runtime.getRuntime().maxMemory(),
                header.cost(),
                () -> PasswordKeys.derive(passphrase, header.realm(), header.username(), header.salt(), header.cost()));
    }

    /** What can't end well is not begun: a derivation that runs out of memory does so after minutes. */
    static PasswordKeys within(long memory, PasswordCost cost, Derivation derivation)
            throws RefusedException, InterruptedException {
        if (cost.memoryKiB() * 1024L > memory) {
            throw tooLittle(memory, cost);
        }
        try {
            return derivation.keys();
        } catch (OutOfMemoryError e) {
            throw tooLittle(memory, cost);
        }
    }

    private static RefusedException tooLittle(long memory, PasswordCost cost) {
        return new RefusedException(
                "not_enough_memory",
                "the account's passphrase costs " + cost.memoryKiB() / 1024
                        + " MiB of memory to use, and this program may take " + (memory >> 20)
                        + " MiB in all; give it more (java -Xmx), or use another device");
    }
}
