package dev.pychat.ref.client.home;

import dev.pychat.store.ClientStores;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory in which a device keeps what belongs to its person.
 *
 * <p>Thread-safe.
 */
public final class DeviceHome implements Closeable {
    private static final int MOST_CLIENTS = 16;

    private final Path directory;
    private final Closing parts = new Closing();
    private final Path log;

    private DeviceHome(Path directory) throws IOException {
        this.directory = directory;
        this.log = takeLog(directory.resolve("logs"));
    }

    /**
     * Opens the directory, and makes it (0700) if it is not there.
     *
     * @param directory where it is
     * @return the open home
     * @throws IOException if it can't be made or used
     */
    public static DeviceHome open(Path directory) throws IOException {
        if (Files.exists(directory.resolve("store").resolve("format"))) {
            throw new HomeException(
                    HomeException.Problem.UNKNOWN_FORMAT,
                    directory + " is the data directory of a pychat server: give --home a directory of its own");
        }
        PrivateFiles.createDirectories(directory);
        return new DeviceHome(directory);
    }

    /** Each client that runs at once has a log of its own, so that none takes another's away when it rotates. */
    private Path takeLog(Path logs) throws IOException {
        PrivateFiles.createDirectories(logs);
        for (int number = 1; number <= MOST_CLIENTS; number++) {
            Optional<Lock> lock = Lock.take(logs.resolve("client-" + number + ".lock"));
            if (lock.isPresent()) {
                parts.add(lock.get());
                return logs.resolve("client-" + number + ".log");
            }
        }
        throw new HomeException(
                HomeException.Problem.BUSY,
                MOST_CLIENTS + " clients use " + logs.getParent() + " already; leave one, or use another --home");
    }

    /**
     * The file to log to. It does not exist before something is logged.
     *
     * @return its path; no other process uses it until this home is closed
     */
    public Path log() {
        return log;
    }

    /**
     * Makes a file that only its owner can read, if there is none.
     *
     * @param file its path
     * @throws IOException if it can't be made
     */
    public static void ensurePrivate(Path file) throws IOException {
        PrivateFiles.ensure(file);
    }

    /**
     * The servers whose keys were accepted.
     *
     * @return the list
     */
    public KnownServers knownServers() {
        return new KnownServers(directory.resolve("known-servers"));
    }

    /**
     * The accounts, for the library.
     *
     * @return stores over the files of this home; an account's folder is locked from its first use until they are closed. A
     *     failure has a {@link HomeException} or {@link IOException} as its cause
     */
    public ClientStores stores() {
        return new FileClientStores(directory.resolve("accounts"));
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
