package dev.pychat.ref.server;

import dev.pychat.store.directory.DataDirectoryBusyException;
import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.directory.internal.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the kinds of stores by name and in data directories. A kind's library is loaded only by opening one. Stateless. */
final class DataStores {

    private DataStores() {}

    /** The kinds that are on the class path. */
    private static Stream<StoreKind> kinds() {
        return ServiceLoader.load(StoreKind.class, DataStores.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
    }

    /** The kind of a name that the settings allow. */
    static StoreKind kind(String name) throws StartException {
        return kinds().filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartException(
                        ExitCode.USAGE,
                        "the store " + name + " is not on the class path: it takes pychat-store-" + name
                                + " and what that depends on"));
    }

    /** The kind that a data directory holds, of whatever version; empty if it holds none that anybody knows. */
    static Optional<StoreKind> kindIn(Path data) {
        return kinds().filter(kind -> kind.isIn(data)).findFirst();
    }

    /** The kind that a data directory holds; a directory without any is refused. */
    static StoreKind present(Path data) throws StartException {
        return kindIn(data)
                .orElseThrow(() -> new StartException(
                        ExitCode.CANNOT_READ_OR_WRITE, data + " is no data directory of a server that is known here"));
    }

    /** Refuses a directory for new stores that holds some already, of whatever kind. */
    static void requireNone(Path data) throws StartException {
        Optional<StoreKind> present = kindIn(data);
        if (present.isPresent()) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "the data directory " + data + " is not empty, it has a server's data (--store="
                            + present.get().name() + "): name one that is empty or not there");
        }
    }

    /** The format that a data directory says it has. */
    static String formatIn(Path data) throws IOException, DataDirectoryException {
        return new DataDirectory(data, new Layout("", List.of())).format().orElse("none");
    }

    /** Opens the stores of a kind, which say of nothing that they keep it before it is on the disk. */
    static DirectoryServerStores open(StoreKind kind, Path data, SecureRandom random) throws StartException {
        return open(kind, data, random, Durability.DISK);
    }

    /** Opens the stores of a kind; a directory that holds those of another is refused. */
    static DirectoryServerStores open(StoreKind kind, Path data, SecureRandom random, Durability durability)
            throws StartException {
        Optional<StoreKind> present = kindIn(data);
        if (present.isPresent() && !present.get().name().equals(kind.name())) {
            throw new StartException(
                    ExitCode.UNKNOWN_FORMAT,
                    "the data directory " + data + " was made with --store="
                            + present.get().name() + ", not " + kind.name()
                            + ": start it with that, or move it with ./pychat server migrate");
        }
        try {
            return kind.open(data, random, durability);
        } catch (DataDirectoryException e) {
            throw failed(e);
        }
    }

    static boolean hasUsers(DirectoryServerStores stores) throws StartException {
        try {
            return stores.hasUsers();
        } catch (DataDirectoryException e) {
            throw failed(e);
        }
    }

    /** The end of a program whose data directory fails. */
    static StartException failed(DataDirectoryException e) {
        return new StartException(exitCode(e), String.valueOf(e.getMessage()), e);
    }

    private static ExitCode exitCode(DataDirectoryException failure) {
        if (failure instanceof DataDirectoryBusyException) {
            return ExitCode.DATA_BUSY;
        }
        if (failure instanceof DataDirectoryFormatException) {
            return ExitCode.UNKNOWN_FORMAT;
        }
        return failure instanceof DataDirectoryDamagedException ? ExitCode.DAMAGED : ExitCode.CANNOT_READ_OR_WRITE;
    }
}
