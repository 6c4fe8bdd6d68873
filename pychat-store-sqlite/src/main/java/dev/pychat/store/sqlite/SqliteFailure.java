package dev.pychat.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite could not do, on its way through code that knows no SQL. */
final class SqliteFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Primary codes with which the operating system refused something; what else there is speaks of the files' content. */
    private static final Set<SQLiteErrorCode> FROM_THE_SYSTEM = Set.of(
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_PERM,
            SQLiteErrorCode.SQLITE_NOMEM);

    private static final int PRIMARY = 0xff;

    private SqliteFailure(SQLException cause) {
        super(cause);
    }

    /** The form in which it goes on: as a failure of input or output, if it is one. */
    static RuntimeException of(SQLException e) {
        boolean system = FROM_THE_SYSTEM.stream().anyMatch(code -> code.code == (e.getErrorCode() & PRIMARY));
        return system ? new UncheckedIOException(new IOException(e.getMessage(), e)) : new SqliteFailure(e);
    }

    /** Whether it was a sync that failed: what is on the disk is then not known, and asking again proves nothing. */
    static boolean isSync(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException failed
                    && (failed.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC
                            || failed.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC)) {
                return true;
            }
        }
        return false;
    }
}
