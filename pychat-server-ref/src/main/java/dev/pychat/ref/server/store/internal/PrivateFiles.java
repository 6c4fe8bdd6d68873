package dev.pychat.ref.server.store.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and directories that only their owner can use, in one step where the file system has permissions. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * Makes a directory and those above it, if they are not there.
     *
     * @param directory the directory
     * @throws IOException if that fails
     */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, owners("rwx------"));
    }

    /**
     * Makes an empty file, if it is not there.
     *
     * @param file the file
     * @throws IOException if that fails
     */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, owners("rw-------"));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isRegularFile(file)) {
                throw there;
            }
        }
    }

    /**
     * Makes the entries of a directory durable.
     *
     * @param directory the directory
     * @throws IOException if that fails
     */
    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] owners(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
