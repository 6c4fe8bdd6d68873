package dev.pychat.store.directory.internal;

import java.util.List;

/**
 * How the stores in a data directory are kept.
 *
 * @param format what the format file says
 * @param parts the directories that must be there beside that file
 */
public record Layout(String format, List<String> parts) {

    /**
     * Copies the list.
     *
     * @param format what the format file says
     * @param parts the directories that must be there beside that file
     */
    public Layout {
        parts = List.copyOf(parts);
    }
}
