package dev.pychat.endtoend.architecture.planted.api;

import dev.pychat.endtoend.architecture.planted.internal.Detail;
import java.util.List;

/** Gives away an internal type inside a generic one, and extends a type that nobody can see. */
public final class Leaky extends Hidden {
    /** Names an internal type. */
    public List<Detail> wrapped() {
        return List.of();
    }

    /** May name it: nobody outside sees this method. */
    Detail unwrapped() {
        return new Detail(0);
    }
}
