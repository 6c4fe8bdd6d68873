package dev.pychat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.internal.tree.TreeName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver closes a statement that has failed: who would use it again would fail for ever. */
class FailedStatementTest {

    private static final TreeName TREE = TreeName.INSTALLATION;
    private static final Bytes KEY = Bytes.fromHex("01");

    @TempDir
    Path directory;

    @Test
    void statementThatFailedIsMadeAnewForTheNextChange() throws Exception {
        Path database = Files.createFile(directory.resolve("pychat.db"));
        try (Link link = Link.writer(database, 64, Durability.OS)) {
            link.say(Schema.create(TREE));
            link.say("BEGIN IMMEDIATE");
            new SqliteCells(link).put(TREE, KEY, Bytes.fromHex("02"));
            link.say("COMMIT");
            link.say("PRAGMA max_page_count = 4");
            link.say("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> new SqliteCells(link).put(TREE, KEY, Bytes.adopt(new byte[1 << 20])))
                    .hasStackTraceContaining("SQLITE_FULL");
            // SQLite has rolled back by itself.
            link.forget();
            link.say("PRAGMA max_page_count = 100000");
            link.say("BEGIN IMMEDIATE");
            new SqliteCells(link).put(TREE, KEY, Bytes.fromHex("03"));
            link.say("COMMIT");
            assertThat(new SqliteCells(link).get(TREE, KEY)).contains(Bytes.fromHex("03"));
        }
    }
}
