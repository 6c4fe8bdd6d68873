package dev.pychat.benchmarks.contender;

import java.nio.file.Path;

/**
 * Where a server is started. A server that is started again in the same place finds what it had stored there.
 *
 * @param directory what it writes: its configuration, its data, its log
 * @param shared what adapters keep for further starts, such as accounts laid in once
 * @param certificate what it shows
 * @param users how many users there are, numbered from 0
 */
public record Place(Path directory, Path shared, Certificate certificate, int users) {

    Path log() {
        return directory.resolve("log.txt");
    }
}
