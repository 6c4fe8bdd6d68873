package dev.pychat.testkit.client;

import dev.pychat.model.Bytes;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ServerFrame;
import java.util.Optional;
import java.util.function.Function;

/** What a lying server puts in the place of what it was asked for. */
final class Swaps {

    private Swaps() {}

    /** Every bundle is this one. */
    static Function<ServerFrame, Optional<ServerFrame>> bundle(Bytes bytes) {
        return frame -> Optional.of(
                frame instanceof Bundle told
                        ? new Bundle(told.re(), told.user(), told.serial(), told.time(), bytes)
                        : frame);
    }
}
