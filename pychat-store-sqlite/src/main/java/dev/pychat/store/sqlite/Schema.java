package dev.pychat.store.sqlite;

import dev.pychat.store.internal.tree.TreeName;
import java.util.Locale;

/** The SQL, all of it. It holds the names of the trees, which are constants, and nothing else that varies. */
final class Schema {

    /** A page holds some messages whole; more would make a single message dearer. */
    static final int PAGE_BYTES = 8192;

    private Schema() {}

    static String create(TreeName tree) {
        return sql(tree, "CREATE TABLE %s (key BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT, WITHOUT ROWID");
    }

    /** What is asked of a tree. */
    enum Query {
        GET("SELECT record FROM %s WHERE key = ?"),
        PUT("INSERT INTO %s (key, record) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET record = excluded.record"),
        DELETE("DELETE FROM %s WHERE key = ?"),
        ALL("SELECT key, record FROM %s ORDER BY key"),
        UPWARDS("SELECT key, record FROM %s WHERE key >= ? ORDER BY key"),
        DOWNWARDS("SELECT key, substr(record, 1, ?) FROM %s WHERE key <= ? ORDER BY key DESC"),
        BELOW("SELECT key, record FROM %s WHERE key < ? ORDER BY key DESC LIMIT 1"),
        LAST("SELECT key, record FROM %s ORDER BY key DESC LIMIT 1");

        private final String pattern;

        Query(String pattern) {
            this.pattern = pattern;
        }

        String of(TreeName tree) {
            return sql(tree, pattern);
        }
    }

    private static String sql(TreeName tree, String pattern) {
        return String.format(Locale.ROOT, pattern, '"' + tree.text() + '"');
    }
}
