package dev.pychat.store.sqlite;

import dev.pychat.model.Bytes;
import dev.pychat.store.internal.tree.Cells;
import dev.pychat.store.internal.tree.DamagedRecordException;
import dev.pychat.store.internal.tree.TreeName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/** The trees in a transaction of SQLite: a table for each. */
final class SqliteCells implements Cells {

    private final Link link;
    private boolean changed;

    SqliteCells(Link link) {
        this.link = link;
    }

    /** Whether anything is other than it was. */
    boolean changed() {
        return changed;
    }

    @Override
    public Optional<Bytes> get(TreeName tree, Bytes key) {
        try {
            PreparedStatement get = link.prepared(tree, Schema.Query.GET);
            get.setBytes(1, key.toArray());
            try (ResultSet rows = get.executeQuery()) {
                return rows.next() ? Optional.of(bytes(rows, 1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public void put(TreeName tree, Bytes key, Bytes record) {
        try {
            PreparedStatement put = link.prepared(tree, Schema.Query.PUT);
            put.setBytes(1, key.toArray());
            put.setBytes(2, record.toArray());
            changed |= put.executeUpdate() > 0;
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public void delete(TreeName tree, Bytes key) {
        try {
            PreparedStatement delete = link.prepared(tree, Schema.Query.DELETE);
            delete.setBytes(1, key.toArray());
            changed |= delete.executeUpdate() > 0;
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public void upwards(TreeName tree, Bytes from, Visitor visitor) throws DamagedRecordException {
        try {
            // An empty blob and none are the same to some drivers, and nothing is above none.
            PreparedStatement scan = link.prepared(tree, from.isEmpty() ? Schema.Query.ALL : Schema.Query.UPWARDS);
            if (!from.isEmpty()) {
                scan.setBytes(1, from.toArray());
            }
            try (ResultSet rows = scan.executeQuery()) {
                boolean on = true;
                while (on && rows.next()) {
                    on = visitor.visit(cell(rows));
                }
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public void glanceDownwards(TreeName tree, Bytes from, int most, Predicate<Cell> visitor) {
        try {
            PreparedStatement scan = link.prepared(tree, Schema.Query.DOWNWARDS);
            scan.setInt(1, most);
            scan.setBytes(2, from.toArray());
            try (ResultSet rows = scan.executeQuery()) {
                boolean on = true;
                while (on && rows.next()) {
                    on = visitor.test(cell(rows));
                }
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public Optional<Cell> below(TreeName tree, Bytes bound) {
        try {
            PreparedStatement below = link.prepared(tree, Schema.Query.BELOW);
            below.setBytes(1, bound.toArray());
            return first(below);
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public Optional<Cell> last(TreeName tree) {
        try {
            return first(link.prepared(tree, Schema.Query.LAST));
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    private static Optional<Cell> first(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(cell(rows)) : Optional.empty();
        }
    }

    private static Cell cell(ResultSet rows) throws SQLException {
        return new Cell(bytes(rows, 1), bytes(rows, 2));
    }

    private static Bytes bytes(ResultSet rows, int column) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.adopt(bytes);
    }
}
