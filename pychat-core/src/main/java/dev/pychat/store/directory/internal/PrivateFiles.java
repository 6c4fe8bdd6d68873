package dev.pychat.store.directory.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * Makes files and directories that only their owner can use, in one step where the file system has permissions.
 *
 * <p>Stateless; safe for every thread.
 */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * Makes a directory and those above it, if they are not there, durably.
     *
     * @param directory the directory
     * @throws IOException if that fails
     */
    public static void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = directory.toAbsolutePath(); each != null && !Files.exists(each); each = each.getParent()) {
            missing.push(each);
        }
        try {
            Files.createDirectories(directory, owners("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        } catch (NoSuchFileException e) {
            // What is above it is there, or was made: some file systems say this where they take nothing new.
            throw new FileSystemException(e.getFile(), null, "no directory can be made there");
        }
        for (Path made : missing) {
            syncName(made);
        }
    }

    /**
     * Puts a file into place in one step and durably, in place of one that is there.
     *
     * @param file the file
     * @param content what it holds
     * @throws IOException if that fails; then the file is as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, owners("rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            sync(channel);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncName(file);
    }

    /**
     * Copies a file to a place where none is, durably, whatever its size.
     *
     * @param from the file
     * @param to the copy
     * @throws IOException if that fails; then a part of it may be there
     */
    public static void copy(Path from, Path to) throws IOException {
        Files.createFile(to, owners("rw-------"));
        try (InputStream in = Files.newInputStream(from);
                FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(channel));
            sync(channel);
        }
        syncName(to);
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
     * Whether others than the owner and the group may read or write a file.
     *
     * @param file the file
     * @return true if they may; false where the file system knows no such permissions, or can't be asked
     */
    public static boolean isOpenToOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Makes it durable that a file or directory is there, under its name. What it holds is another matter.
     *
     * @param path the file or directory
     * @throws IOException if that fails
     */
    public static void syncName(Path path) throws IOException {
        syncDirectory(Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path));
    }

    /**
     * Makes the entries of a directory durable.
     *
     * @param directory the directory
     * @throws SyncFailedException if it can't be synced
     * @throws IOException if it can't be opened
     */
    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            sync(channel);
        }
    }

    private static void sync(FileChannel channel) throws SyncFailedException {
        try {
            channel.force(true);
        } catch (IOException e) {
            SyncFailedException failed = new SyncFailedException(e.getMessage());
            failed.initCause(e);
            throw failed;
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
