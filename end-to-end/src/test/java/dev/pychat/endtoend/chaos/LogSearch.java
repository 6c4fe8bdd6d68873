package dev.pychat.endtoend.chaos;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks in logs for what may not be there: what was said, secrets in any form, also ones that it does not know, and, above debug, whole
 * addresses. Confined to one thread.
 */
final class LogSearch {

    /** 32 bytes or more in hexadecimal or base64, as tokens, secrets and keys are. */
    private static final Pattern SECRET_LIKE =
            Pattern.compile("(?<![0-9A-Za-z+/_-])(?:[0-9a-fA-F]{64,}|(?=[^\\s]*[0-9+/_-])[0-9A-Za-z+/_-]{43,})");

    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![0-9.])"
            + "|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|::[0-9a-fA-F]{1,4}");

    private static final Pattern DEBUG = Pattern.compile(" (?:DEBUG|TRACE) ");
    private static final Pattern TIME = Pattern.compile("^[0-9-]+[T ][0-9:.]+(?:Z|[+-][0-9:]+)?");
    private static final int TELLING_HEX_DIGITS = 16;

    private final Set<String> words = new LinkedHashSet<>();
    private long lines;

    /**
     * Makes a search.
     *
     * @param words what may stand in no log
     * @param secrets the same of 32 bytes in hexadecimal each, in any form it might be printed in; the beginning tells enough, too
     */
    LogSearch(List<String> words, List<String> secrets) {
        this.words.addAll(words);
        for (String secret : secrets) {
            byte[] bytes = Bytes.fromHex(secret).toArray();
            this.words.add(secret.substring(0, TELLING_HEX_DIGITS));
            this.words.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            this.words.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    /** What was found, a sentence for each. */
    List<String> in(Path log) throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            lines++;
            what(line).forEach(what -> found.add(log.getFileName() + " holds " + what + ": " + line));
        }
        return found;
    }

    /** How many lines were looked at. */
    long lines() {
        return lines;
    }

    private List<String> what(String line) {
        List<String> found = new ArrayList<>();
        words.stream().filter(line::contains).forEach(word -> found.add("\"" + word + "\""));
        String said = TIME.matcher(line).replaceFirst("");
        if (SECRET_LIKE.matcher(said).find()) {
            found.add("what looks like a secret");
        }
        if (!DEBUG.matcher(line).find() && ADDRESS.matcher(said).find()) {
            found.add("an address");
        }
        return found;
    }
}
