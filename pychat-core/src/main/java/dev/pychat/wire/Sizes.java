package dev.pychat.wire;

import dev.pychat.model.Bytes;

/** Sizes of bodies that are one thing each. */
final class Sizes {

    private Sizes() {}

    static void require(String what, Bytes value, int max) {
        if (value.isEmpty() || value.size() > max) {
            throw new IllegalArgumentException(what + " of " + value.size() + " bytes, allowed are 1 to " + max);
        }
    }
}
