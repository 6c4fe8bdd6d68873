package dev.pychat.endtoend.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file to which a client that may be killed at any moment appends what it knows, a line in one write, so that only the last line can
 * be torn. Thread-safe.
 *
 * @param file the file
 */
record Journal(Path file) {

    /** Notes words, which hold no tab and no line break. */
    synchronized void note(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.length() == 0 ? "" : "\t")
                    .append(String.valueOf(word).replaceAll("[\\t\\r\\n]", " "));
        }
        try {
            Files.write(
                    file,
                    line.append('\n').toString().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError("the journal can't be written", e);
        }
    }

    /** The whole lines that begin with this word, by their words. */
    List<String[]> lines(String first) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(first + "\t"))
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
