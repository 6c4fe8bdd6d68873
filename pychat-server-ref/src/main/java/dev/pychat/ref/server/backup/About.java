package dev.pychat.ref.server.backup;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a backup comes from.
 *
 * <p>Immutable and thread-safe.
 *
 * @param made when it was begun: what was acknowledged before is in it
 * @param version of the program that made it
 * @param store the kind of store that it was made of
 */
public record About(Instant made, String version, String store) {

    byte[] bytes() {
        return ("made=" + made + "\nversion=" + version + "\nstore=" + store + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static About read(byte[] payload) throws BackupException {
        try {
            Map<String, String> fields = new String(payload, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return new About(
                    Instant.parse(fields.getOrDefault("made", "")),
                    Part.printable(fields.getOrDefault("version", "?")),
                    Part.printable(fields.getOrDefault("store", "")));
        } catch (DateTimeException | IllegalStateException | ArrayIndexOutOfBoundsException e) {
            throw BackupException.damaged("what it says about itself can't be read");
        }
    }
}
