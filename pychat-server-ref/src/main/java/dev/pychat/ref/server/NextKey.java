package dev.pychat.ref.server;

import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The key that is announced to clients as the next one, in the file {@code tls-next} of the data directory: its pin, and since when.
 *
 * <p>Immutable and thread-safe.
 *
 * @param pin the pin of the key
 * @param since when it was announced first
 */
record NextKey(KeyPin pin, Instant since) {

    private static Path file(Path data) {
        return data.resolve("tls-next");
    }

    /** The private half of a next key that the server has made for itself. */
    static Path keyFile(Path data) {
        return data.resolve("tls-next-key.pem");
    }

    static NextKey now(KeyPin pin) {
        return new NextKey(pin, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /** What is announced; empty if nothing is. */
    static Optional<NextKey> read(Path data) throws StartException {
        Path file = file(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            return Optional.of(new NextKey(KeyPin.parse(lines.get(0)), Instant.parse(lines.get(1))));
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot read " + Reasons.of(e), e);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new StartException(
                    ExitCode.DAMAGED,
                    file
                            + " is not what was written: bring it back from a backup, or remove it and announce the next key anew",
                    e);
        }
    }

    void write(Path data) throws IOException {
        PrivateFiles.write(file(data), (pin + "\n" + since + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(file(data));
        PrivateFiles.syncDirectory(data);
    }
}
