package dev.pychat.ref.server;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings and where each came from: a flag counts over the environment, that over the file, that over the default.
 *
 * <p>Immutable and thread-safe.
 */
final class Configuration {

    /**
     * One setting.
     *
     * @param text what was given
     * @param origin where
     */
    record Value(String text, String origin) {}

    private static final String BYTE_ORDER_MARK = "\ufeff";
    /** What {@code store} may be. */
    static final List<String> STORES = List.of("xodus", "sqlite");

    /** The {@code transport} that needs no more than Java. */
    static final String SOCKETS = "sockets";
    /** What {@code transport} may be. */
    static final List<String> TRANSPORTS = List.of("netty", SOCKETS);

    private static final Map<Setting, String> DEFAULTS = Map.of(
            Setting.HOST, "localhost",
            Setting.PORT, "5050",
            Setting.DATA, "pychat-data",
            Setting.STORE, "xodus",
            Setting.DURABILITY, "disk",
            Setting.TRANSPORT, "netty",
            Setting.LISTING, "on",
            Setting.OPERATIONS_PORT, "off",
            Setting.LOG_FORMAT, "text");

    private final Map<Setting, Value> values;

    private Configuration(Map<Setting, Value> values) {
        this.values = values;
    }

    /**
     * Puts the settings together.
     *
     * @param flags those of the command line
     * @param environment all variables
     * @return the settings
     * @throws StartException if the file can't be read, or it or the environment holds an unknown key
     */
    static Configuration of(Map<Setting, String> flags, Map<String, String> environment) throws StartException {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        DEFAULTS.forEach((setting, text) -> values.put(setting, new Value(text, "default")));
        Limit.defaults().forEach((setting, text) -> values.put(setting, new Value(text, "default")));
        Map<Setting, Value> given = new EnumMap<>(Setting.class);
        requireKnown(environment);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null) {
                given.put(setting, new Value(variable, "environment " + setting.variable()));
            }
        }
        flags.forEach((setting, text) -> given.put(setting, new Value(text, "flag " + setting.flag())));
        Value file = given.get(Setting.CONFIG);
        if (file != null) {
            values.putAll(file(path(Setting.CONFIG, file)));
        }
        values.putAll(given);
        return new Configuration(values);
    }

    private static Map<Setting, Value> file(Path path) throws StartException {
        if (Files.isDirectory(path)) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "cannot read the configuration file " + path + ": it is a directory");
        }
        Properties properties = new KeysOnce();
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            throw new StartException(ExitCode.USAGE, "the configuration file " + path + " is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, "the configuration file " + path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "cannot read the configuration file " + Reasons.of(e), e);
        }
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            Setting setting = byKey(key)
                    .orElseThrow(() -> new StartException(
                            ExitCode.USAGE,
                            "the configuration file " + path + " has the unknown key \"" + key + "\", known are "
                                    + fileKeys()));
            values.put(setting, new Value(properties.getProperty(key).strip(), "file " + path));
        }
        return values;
    }

    /** All variables that begin so are this program's: one that is misspelt would be overlooked in silence. */
    private static void requireKnown(Map<String, String> environment) throws StartException {
        Set<String> known = Arrays.stream(Setting.values())
                .map(Setting::variable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(Setting.VARIABLES) && !known.contains(name)) {
                throw new StartException(
                        ExitCode.USAGE,
                        "the environment has the unknown variable " + name + ", known are " + String.join(", ", known));
            }
        }
    }

    /** Properties that do not take the last of two equal keys in silence. */
    private static final class KeysOnce extends Properties {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new IllegalArgumentException("the key \"" + key + "\" stands there twice");
            }
            return super.put(key, value);
        }
    }

    private static Optional<Setting> byKey(String key) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting != Setting.CONFIG && setting.key().equals(key))
                .findFirst();
    }

    private static String fileKeys() {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting != Setting.CONFIG)
                .map(Setting::key)
                .collect(Collectors.joining(", "));
    }

    String host() throws StartException {
        Value host = required(Setting.HOST);
        if (host.text().isBlank()) {
            throw wrong(Setting.HOST, host, "a host name or an address");
        }
        return host.text();
    }

    int port() throws StartException {
        return port(Setting.PORT, "a number 0 to 65535, 0 for any free port");
    }

    /** The port that shows health and metrics; empty if there is none. */
    OptionalInt operationsPort() throws StartException {
        return required(Setting.OPERATIONS_PORT).text().equals("off")
                ? OptionalInt.empty()
                : OptionalInt.of(port(Setting.OPERATIONS_PORT, "off, or a number 0 to 65535, 0 for any free port"));
    }

    private int port(Setting setting, String allowed) throws StartException {
        return number(setting, 0, 65_535, allowed);
    }

    /** A setting that is a number. */
    int number(Setting setting, int least, int most) throws StartException {
        return number(setting, least, most, "a number " + least + " to " + most);
    }

    private int number(Setting setting, int least, int most, String allowed) throws StartException {
        Value given = required(setting);
        try {
            int number = Integer.parseInt(given.text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw wrong(setting, given, allowed);
    }

    Path data() throws StartException {
        return path(Setting.DATA, required(Setting.DATA));
    }

    /** The kind of stores in the data directory. */
    String store() throws StartException {
        Value store = required(Setting.STORE);
        if (!STORES.contains(store.text())) {
            throw wrong(Setting.STORE, store, String.join(" or ", STORES));
        }
        return store.text();
    }

    /** What carries the connections of clients. */
    String transport() throws StartException {
        Value transport = required(Setting.TRANSPORT);
        if (!TRANSPORTS.contains(transport.text())) {
            throw wrong(Setting.TRANSPORT, transport, String.join(" or ", TRANSPORTS));
        }
        return transport.text();
    }

    /** When a message counts as kept. */
    Durability durability() throws StartException {
        Value durability = required(Setting.DURABILITY);
        return switch (durability.text()) {
            case "disk" -> Durability.DISK;
            case "os" -> Durability.OS;
            default -> throw wrong(Setting.DURABILITY, durability, "disk or os");
        };
    }

    LogFormat logFormat() throws StartException {
        Value format = required(Setting.LOG_FORMAT);
        return switch (format.text()) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw wrong(Setting.LOG_FORMAT, format, "text or json");
        };
    }

    boolean listing() throws StartException {
        Value listing = required(Setting.LISTING);
        return switch (listing.text()) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(Setting.LISTING, listing, "on or off");
        };
    }

    Optional<Path> file(Setting setting) throws StartException {
        Value value = values.get(setting);
        return value == null ? Optional.empty() : Optional.of(path(setting, value));
    }

    /** A line for each setting: its key, its value and where that came from. */
    String print() {
        Value unset = new Value("", "not set");
        return Arrays.stream(Setting.values())
                .map(setting -> line(setting, values.getOrDefault(setting, unset)))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Setting setting, Value value) {
        return setting.key() + " = " + value.text() + "  (" + value.origin() + ")";
    }

    private Value required(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has a default");
        }
        return value;
    }

    private static Path path(Setting setting, Value value) throws StartException {
        try {
            if (!value.text().isBlank()) {
                return Path.of(value.text());
            }
        } catch (InvalidPathException e) {
            // Said below, as for an empty one.
        }
        throw wrong(setting, value, "a path");
    }

    private static StartException wrong(Setting setting, Value value, String allowed) {
        return new StartException(
                ExitCode.USAGE,
                setting.key() + " is \"" + value.text() + "\" (" + value.origin() + "), allowed is " + allowed);
    }
}
