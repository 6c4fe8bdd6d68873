package dev.pychat.store;

import dev.pychat.model.Username;
import java.util.List;

/**
 * A page of user names in their order.
 *
 * <p>Immutable and thread-safe.
 *
 * @param names the names
 * @param more whether there are more after the last of them
 */
public record UserPage(List<Username> names, boolean more) {

    /**
     * Copies the list.
     *
     * @param names the names
     * @param more whether there are more after the last of them
     */
    public UserPage {
        names = List.copyOf(names);
    }
}
