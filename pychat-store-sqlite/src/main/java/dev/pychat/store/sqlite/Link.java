package dev.pychat.store.sqlite;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.internal.tree.TreeName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One connection to the database, with the statements that were prepared on it. Confined to one thread at a time. */
final class Link implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int BUSY_MILLIS = 10_000;

    private final Connection connection;
    private final Statement words;
    private final Map<TreeName, Map<Schema.Query, PreparedStatement>> prepared = new EnumMap<>(TreeName.class);

    private Link(Connection connection) throws SQLException {
        this.connection = connection;
        this.words = connection.createStatement();
    }

    /** Opens a connection that may write. Nothing goes from the log into the database unless it is told to. */
    static Link writer(Path database, int cacheKiB, Durability durability) throws SQLException {
        return open(
                database,
                cacheKiB,
                "PRAGMA wal_autocheckpoint = 0",
                // NORMAL syncs what has to be on the disk in some order, when the log goes into the database.
                durability == Durability.DISK ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    }

    static Link reader(Path database, int cacheKiB) throws SQLException {
        return open(database, cacheKiB, "PRAGMA wal_autocheckpoint = 0", "PRAGMA query_only = ON");
    }

    /** The file is there: it was made readable by its owner only, and SQLite gives the log the same permissions. */
    @SuppressWarnings("MustBeClosedChecker") // whoever opens it closes it
    private static Link open(Path database, int cacheKiB, String... pragmas) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        Properties properties = config.toProperties();
        // As a URI, for a question mark in a path would begin parameters.
        Connection connection = JDBC.createConnection(
                JDBC.PREFIX + "file:" + database.toAbsolutePath().toUri().getRawPath(), properties);
        boolean opened = false;
        try {
            Link link = new Link(connection);
            // Of its size in KiB; the number is our own.
            link.say("PRAGMA cache_size = -" + cacheKiB);
            link.say("PRAGMA page_size = " + Schema.PAGE_BYTES);
            link.say("PRAGMA cell_size_check = ON");
            link.say("PRAGMA trusted_schema = OFF");
            link.say("PRAGMA temp_store = MEMORY");
            for (String pragma : pragmas) {
                link.say(pragma);
            }
            opened = true;
            return link;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** Says a fixed word of SQL. */
    void say(String sql) throws SQLException {
        words.execute(sql);
    }

    /** Says a fixed word of SQL, and hears a text. */
    String ask(String sql) throws SQLException {
        try (ResultSet answer = words.executeQuery(sql)) {
            return answer.next() ? answer.getString(1) : "";
        }
    }

    PreparedStatement prepared(TreeName tree, Schema.Query query) throws SQLException {
        Map<Schema.Query, PreparedStatement> own =
                prepared.computeIfAbsent(tree, name -> new EnumMap<>(Schema.Query.class));
        PreparedStatement present = own.get(query);
        if (present == null) {
            present = connection.prepareStatement(query.of(tree));
            own.put(query, present);
        }
        return present;
    }

    /** Forgets its statements: the driver closes one that has failed, and says so whenever it is used again. */
    void forget() {
        for (Map<Schema.Query, PreparedStatement> own : prepared.values()) {
            for (PreparedStatement one : own.values()) {
                try {
                    one.close();
                } catch (SQLException e) {
                    LOG.debug("a statement could not be closed", e);
                }
            }
        }
        prepared.clear();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
