package dev.pychat.ref.client.home;

import dev.pychat.model.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files that are named after users. A canonical name is a safe file name: no separator, never a dot first. */
final class NamedFiles {
    private NamedFiles() {}

    /** The users of whom there is a file with that suffix; files with other names are not looked at. */
    static List<Username> list(Path directory, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(suffix))
                    .flatMap(name -> user(name.substring(0, name.length() - suffix.length())).stream())
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Username> user(String name) {
        try {
            return Optional.of(new Username(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
