/*
 * Journals what a process does to the files below one directory, so that a power failure can be tried afterwards: whoever reads the
 * journal knows what had been synced when. Loaded by LD_PRELOAD; Linux with glibc.
 *
 *   POWER_ROOT      the directory, as the kernel names it; it is there
 *   POWER_JOURNAL   the journal, outside of it; what is there is continued
 *   POWER_KILL      a file: while it is there, a sync kills the process in its place
 *   POWER_FAIL      a file: while it is there, a sync fails with EIO, if the name of what is synced ends as the file says
 *
 * A sync reaches no disk here: that it was asked for is what counts, and tests are quick so.
 *
 * A record is: type (1 byte), inode, number (8 bytes each), length (4 bytes), all as this machine has them, then so many bytes.
 *
 *   B inode                   a process began; inode of the root
 *   D inode path              a directory was made
 *   C inode path              a file was made
 *   W inode offset content    written
 *   T inode length            cut, or made longer
 *   S inode                   a file or directory was synced
 *   R old 0 new               renamed
 *   U path                    removed
 *   A text                    said on standard output
 *   M path                    mapped into memory for writing, where nobody sees what is written
 *   X what                    something that no reader could make out
 *
 * A call and its record are one step under one lock. Paths are below the root.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static char root[PATH_MAX];
static size_t root_length;
static ino_t of_fd[MOST_FILES]; /* inode of what is open there, if it is below the root */

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define BEGIN pthread_mutex_lock(&lock)
#define END do { int kept = errno; pthread_mutex_unlock(&lock); errno = kept; } while (0)

static void note(char type, uint64_t inode, uint64_t number, const void *bytes, size_t length) {
    char head[21];
    uint32_t short_length = (uint32_t) length;
    struct iovec parts[2] = {{head, sizeof head}, {(void *) bytes, length}};
    int kept = errno;
    if (journal < 0) return;
    head[0] = type;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &number, 8);
    memcpy(head + 17, &short_length, 4);
    if (syscall(SYS_writev, journal, parts, 2) != (ssize_t) (sizeof head + length)) abort();
    errno = kept;
}

static void note_text(char type, uint64_t inode, const char *text) {
    note(type, inode, 0, text, strlen(text));
}

__attribute__((constructor)) static void start(void) {
    const char *where = getenv("POWER_ROOT");
    const char *file = getenv("POWER_JOURNAL");
    struct stat is;
    if (!where || !file || !realpath(where, root) || stat(root, &is)) return;
    root_length = strlen(root);
    journal = (int) syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    note('B', is.st_ino, 0, NULL, 0);
}

/* The part of a path below the root, resolved but for its last name, empty for the root itself; 0 if it is elsewhere. */
static int below(int at, const char *path, char *out) {
    char parent[PATH_MAX], real[PATH_MAX], full[2 * PATH_MAX + 2];
    char *slash;
    if (journal < 0 || !path || !*path) return 0;
    if (*path == '/' || at == AT_FDCWD) {
        snprintf(parent, sizeof parent, "%s", path);
    } else {
        char link[40], base[PATH_MAX];
        ssize_t n;
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        n = readlink(link, base, sizeof base - 1);
        if (n < 0) return 0;
        base[n] = 0;
        if (snprintf(parent, sizeof parent, "%s/%s", base, path) >= (int) sizeof parent) return 0;
    }
    while ((slash = strrchr(parent, '/')) && slash != parent && !slash[1]) *slash = 0;
    if (slash) *slash = 0;
    if (!realpath(slash ? (*parent ? parent : "/") : ".", real)) return 0;
    snprintf(full, sizeof full, "%s/%s", real, slash ? slash + 1 : parent);
    if (strncmp(full, root, root_length) || (full[root_length] && full[root_length] != '/')) return 0;
    return snprintf(out, PATH_MAX, "%s", full + root_length + (full[root_length] ? 1 : 0)) < PATH_MAX;
}

static ino_t ours(int fd) {
    struct stat is;
    if (fd < 0 || fd >= MOST_FILES || !of_fd[fd]) return 0;
    if (fstat(fd, &is) || is.st_ino != of_fd[fd]) return of_fd[fd] = 0;
    return is.st_ino;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char name[PATH_MAX];
    struct stat before, is;
    int there, fd, mine = below(at, path, name);
    if (!mine) return (int) syscall(SYS_openat, at, path, flags, mode);
    BEGIN;
    there = !fstatat(at, path, &before, 0);
    fd = (int) syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < MOST_FILES && !fstat(fd, &is)) {
        of_fd[fd] = is.st_ino;
        if (!there) note_text('C', is.st_ino, name);
        else if ((flags & O_TRUNC) && before.st_size) note('T', is.st_ino, 0, NULL, 0);
    }
    END;
    return fd;
}

#define OPEN(name)                                                                                                        \
    int name(const char *path, int flags, ...) {                                                                          \
        mode_t mode;                                                                                                      \
        va_list more;                                                                                                     \
        va_start(more, flags);                                                                                            \
        mode = va_arg(more, mode_t);                                                                                      \
        va_end(more);                                                                                                     \
        return opened(AT_FDCWD, path, flags, mode);                                                                       \
    }
#define OPEN_AT(name)                                                                                                     \
    int name(int at, const char *path, int flags, ...) {                                                                  \
        mode_t mode;                                                                                                      \
        va_list more;                                                                                                     \
        va_start(more, flags);                                                                                            \
        mode = va_arg(more, mode_t);                                                                                      \
        va_end(more);                                                                                                     \
        return opened(at, path, flags, mode);                                                                             \
    }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    int result;
    BEGIN;
    if (fd >= 0 && fd < MOST_FILES) of_fd[fd] = 0;
    result = (int) syscall(SYS_close, fd);
    END;
    return result;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    ssize_t done;
    int said = fd == 1 && journal >= 0;
    if (!said && !ours(fd)) return syscall(SYS_write, fd, bytes, count);
    BEGIN;
    if (said) note('A', 0, 0, bytes, count); /* Before anybody can have heard it. */
    done = syscall(SYS_write, fd, bytes, count);
    if (!said && done > 0) {
        note('W', of_fd[fd], (uint64_t) (syscall(SYS_lseek, fd, 0, SEEK_CUR) - done), bytes, (size_t) done);
    }
    END;
    return done;
}

static ssize_t written_at(int fd, const void *bytes, size_t count, off_t at) {
    ssize_t done;
    if (!ours(fd)) return syscall(SYS_pwrite64, fd, bytes, count, at);
    BEGIN;
    done = syscall(SYS_pwrite64, fd, bytes, count, at);
    if (done > 0) note('W', of_fd[fd], (uint64_t) at, bytes, (size_t) done);
    END;
    return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return written_at(fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return written_at(fd, bytes, count, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t total = 0;
    if (!ours(fd)) return syscall(SYS_writev, fd, parts, count);
    for (int i = 0; i < count; i++) {
        ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) return total ? total : done;
        total += done;
        if ((size_t) done < parts[i].iov_len) break;
    }
    return total;
}

static int cut(int fd, off_t length) {
    int result;
    BEGIN;
    result = (int) syscall(SYS_ftruncate, fd, length);
    if (!result && ours(fd)) note('T', of_fd[fd], (uint64_t) length, NULL, 0);
    END;
    return result;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int is_there(const char *variable) {
    const char *file = getenv(variable);
    return file && !syscall(SYS_faccessat, AT_FDCWD, file, F_OK);
}

static int fails(int fd) {
    char link[40], path[PATH_MAX], end[PATH_MAX];
    ssize_t n, length = 0;
    const char *file = getenv("POWER_FAIL");
    int said = file ? (int) syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC) : -1;
    if (said < 0) return 0;
    length = syscall(SYS_read, said, end, sizeof end);
    syscall(SYS_close, said);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path);
    return length >= 0 && n >= length && !memcmp(path + n - length, end, (size_t) length);
}

static int synced(int fd, long call) {
    int result = 0;
    if (!ours(fd)) return (int) syscall(call, fd);
    BEGIN;
    if (is_there("POWER_KILL")) kill(getpid(), SIGKILL);
    if (fails(fd)) {
        errno = EIO;
        result = -1;
    } else {
        note('S', of_fd[fd], 0, NULL, 0);
    }
    END;
    return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int renamed(int from_at, const char *from, int to_at, const char *to) {
    char names[2 * PATH_MAX], target[PATH_MAX];
    int result, source = below(from_at, from, names), into = below(to_at, to, target);
    BEGIN;
    result = (int) syscall(SYS_renameat, from_at, from, to_at, to);
    if (!result && source && into) {
        size_t length = strlen(names) + 1;
        strcpy(names + length, target);
        note('R', 0, 0, names, length + strlen(target));
    } else if (!result && (source || into)) {
        note_text('X', 0, "a rename over the border");
    }
    END;
    return result;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renamed(from_at, from, to_at, to); }

static int removed(int at, const char *path, int flags) {
    char name[PATH_MAX];
    int result, mine = below(at, path, name);
    BEGIN;
    result = (int) syscall(SYS_unlinkat, at, path, flags);
    if (!result && mine) note_text('U', 0, name);
    END;
    return result;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    int result = removed(AT_FDCWD, path, 0);
    return result && errno == EISDIR ? removed(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

static int made(int at, const char *path, mode_t mode) {
    char name[PATH_MAX];
    struct stat is;
    int result, mine = below(at, path, name);
    BEGIN;
    result = (int) syscall(SYS_mkdirat, at, path, mode);
    if (!result && mine && !fstatat(at, path, &is, 0)) note_text('D', is.st_ino, name);
    END;
    return result;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return made(at, path, mode); }

void *mmap(void *where, size_t length, int rights, int flags, int fd, off_t at) {
    if ((flags & MAP_SHARED) && (rights & PROT_WRITE) && ours(fd)) {
        char link[40], path[PATH_MAX];
        ssize_t n;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        n = readlink(link, path, sizeof path - 1);
        path[n < 0 ? 0 : n] = 0;
        note_text('M', of_fd[fd], path);
    }
    return (void *) syscall(SYS_mmap, where, length, rights, flags, fd, at);
}
void *mmap64(void *where, size_t length, int rights, int flags, int fd, off64_t at) {
    return mmap(where, length, rights, flags, fd, at);
}

/* What the stores have never used: said, so that no reader takes a journal for whole that is not. */
#define UNKNOWN(result, name, arguments, fd, values)                                                                      \
    result name arguments {                                                                                               \
        if (ours(fd)) note_text('X', 0, #name);                                                                           \
        return REAL(name) values;                                                                                         \
    }
UNKNOWN(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), fd, (fd, parts, count, at))
UNKNOWN(ssize_t, pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), fd, (fd, parts, count, at))
UNKNOWN(int, fallocate, (int fd, int mode, off_t at, off_t length), fd, (fd, mode, at, length))
UNKNOWN(int, fallocate64, (int fd, int mode, off64_t at, off64_t length), fd, (fd, mode, at, length))
UNKNOWN(int, posix_fallocate, (int fd, off_t at, off_t length), fd, (fd, at, length))
UNKNOWN(int, posix_fallocate64, (int fd, off64_t at, off64_t length), fd, (fd, at, length))
UNKNOWN(ssize_t, copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t n, unsigned flags), out,
        (in, from, out, to, n, flags))
UNKNOWN(ssize_t, sendfile, (int out, int in, off_t *at, size_t n), out, (out, in, at, n))
UNKNOWN(ssize_t, sendfile64, (int out, int in, off64_t *at, size_t n), out, (out, in, at, n))
int truncate(const char *path, off_t length) {
    char name[PATH_MAX];
    if (below(AT_FDCWD, path, name)) note_text('X', 0, "truncate");
    return REAL(truncate)(path, length);
}
int link(const char *from, const char *to) {
    char name[PATH_MAX];
    if (below(AT_FDCWD, to, name)) note_text('X', 0, "link");
    return REAL(link)(from, to);
}
