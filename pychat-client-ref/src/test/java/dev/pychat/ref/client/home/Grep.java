package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks for bytes in all files under a directory. */
final class Grep {
    private Grep() {}

    static boolean finds(Path directory, Bytes content) throws IOException {
        String wanted = new String(content.toArray(), StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
