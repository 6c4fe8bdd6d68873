package dev.pychat.ref.server;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.server.HashCost;

/**
 * What logging in costs. Settable in code only, so that tests are quick; no flag and no file lowers it.
 *
 * @param hash the server's own hash
 * @param password the least that a client's derivation must cost
 */
record Costs(HashCost hash, PasswordCost password) {

    /** What the program takes. */
    static final Costs REAL = new Costs(HashCost.DEFAULT, PasswordCost.RECOMMENDED);
}
