package dev.pychat.ref.client.home;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
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
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files (0600) and directories (0700) that only their owner reads, in one step: there is no moment at which somebody
 * else could open them. Directories that exist already are left as they are.
 *
 * <p>Files are written through {@link RandomAccessFile}, since an interrupt closes a channel in the middle of a write.
 *
 * <p>Stateless; safe for every thread.
 */
final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory, owner("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        } catch (NoSuchFileException e) {
            // What is above it is there, or was made: some file systems say this where they take nothing new.
            throw new FileSystemException(e.getFile(), null, "no directory can be made there");
        }
    }

    /** Makes an empty file. */
    static void create(Path file) throws IOException {
        Files.createFile(file, owner("rw-------"));
    }

    /** Makes the file if it is not there. */
    static void ensure(Path file) throws IOException {
        try {
            create(file);
        } catch (FileAlreadyExistsException e) {
            // That is as well: whoever made it first made it private.
        }
    }

    /** Exchanges the whole content: afterwards, also after a crash, the file has either its old or its new one. */
    static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /** Exchanges the whole content for what is written to the stream. */
    static void replace(Path file, Content content) throws IOException {
        move(fresh(file, content), file);
    }

    /** Writes the content that a file is to have beside it, durably. If that fails, nothing is left of it and the file is as it was. */
    static Path fresh(Path file, Content content) throws IOException {
        Path fresh = beside(file);
        Files.deleteIfExists(fresh);
        create(fresh);
        boolean whole = false;
        try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
            content.writeTo(new Unbuffered(out));
            out.getFD().sync();
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(fresh);
            }
        }
        return fresh;
    }

    /** Puts fresh content in the place of a file. After a failure nobody knows which of the two is there. */
    static void move(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file);
    }

    /** Removes what an exchange left that a crash has cut: it may hold what was to be erased later. */
    static void removeUnfinished(Path file) throws IOException {
        if (Files.deleteIfExists(beside(file))) {
            syncDirectory(file);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Makes the entry of a file in its directory durable. */
    static void syncDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (!POSIX || directory == null) {
            return;
        }
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            interrupted |= Thread.interrupted();
            done = force(directory);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if an interrupt got in between. */
    private static boolean force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Writes the new content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final class Unbuffered extends OutputStream {
        private final RandomAccessFile file;

        Unbuffered(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            file.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            file.write(bytes, from, length);
        }
    }
}
