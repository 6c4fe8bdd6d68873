package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.internal.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory is called whose content is not what this version makes. */
class DataFormatTest {

    @TempDir
    Path directory;

    private DataDirectory data;

    @BeforeEach
    void makeOtherPlaces() throws Exception {
        data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        Files.createDirectories(data.store().resolve("segments"));
    }

    @Test
    void newerFormatWithOtherPlacesIsUnknownAndNotDamaged() throws Exception {
        format("pychat-data 3");
        assertThatThrownBy(data::requireKnownFormat)
                .isInstanceOf(DataDirectoryFormatException.class)
                .hasMessageContaining("pychat-data 3");
    }

    @Test
    void knownFormatWithoutItsPlacesIsDamaged() throws Exception {
        format("pychat-data 2");
        assertThatThrownBy(data::requireKnownFormat).isInstanceOf(DataDirectoryDamagedException.class);
    }

    @Test
    void formatThatSaysNothingIsDamaged() throws Exception {
        format("");
        assertThatThrownBy(data::requireKnownFormat)
                .isInstanceOf(DataDirectoryDamagedException.class)
                .hasMessageContaining("says no format");
    }

    private void format(String format) throws Exception {
        Files.writeString(data.store().resolve("format"), format + "\n");
    }
}
