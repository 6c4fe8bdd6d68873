package dev.pychat.endtoend.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which package may use which, one row each, below {@code dev.pychat}. A row speaks for the packages below its own too,
 * unless these have a row; so does a name on the right. Every class must find itself in a row.
 */
final class PackageTable {
    private static final String ROWS = """
            model         ->
            crypto.open   -> model
            crypto.secret -> crypto.open model
            key           -> crypto.open model
            keyring       -> key crypto model
            bus           -> model
            store         -> keyring key model
            envelope      -> keyring key crypto model
            audit         -> envelope key crypto model
            wire          -> model
            transport     -> wire model
            transport.netty -> transport wire model
            server        -> transport wire store bus key crypto.open model
            backup        -> keyring key crypto model
            client        -> transport wire audit envelope backup store bus keyring key crypto model
            testkit       -> client server transport wire audit envelope backup store bus keyring key crypto model
            store.sqlite  -> store key model
            ref.server    -> server transport transport.netty wire store bus key crypto.open model
            ref.client    -> client transport audit envelope backup store keyring key crypto model
            examples      -> ref client server transport envelope store bus keyring key crypto model
            """;

    private PackageTable() {}

    /** Package names are whole, such as {@code dev.pychat.key}. */
    record Row(String packageName, List<String> allowed) {
        boolean holds(String name) {
            return speaksFor(packageName, name);
        }

        /** Whether a class of this row may use a class of that package. */
        boolean permits(String used) {
            return !isIn(OurClasses.ROOT).test(used)
                    || holds(used)
                    || allowed.stream().anyMatch(name -> speaksFor(name, used));
        }

        @Override
        public String toString() {
            return packageName;
        }
    }

    /** Whether a name in the table speaks for a package, and no row of the table below that name does. */
    private static boolean speaksFor(String name, String packageName) {
        boolean hasRow = rows().anyMatch(row -> row.packageName().equals(name));
        return isIn(name).test(packageName)
                && rows().map(Row::packageName)
                        .filter(below ->
                                hasRow && !below.equals(name) && isIn(name).test(below))
                        .noneMatch(below -> isIn(below).test(packageName));
    }

    static Stream<Row> rows() {
        return ROWS.lines().map(PackageTable::row);
    }

    private static Row row(String line) {
        String[] sides = line.split("->", -1);
        List<String> allowed = Arrays.stream(sides[1].strip().split(" "))
                .filter(name -> !name.isEmpty())
                .map(PackageTable::whole)
                .toList();
        return new Row(whole(sides[0].strip()), allowed);
    }

    private static String whole(String name) {
        return OurClasses.ROOT + "." + name;
    }

    private static Predicate<String> isIn(String packageName) {
        return name -> name.equals(packageName) || name.startsWith(packageName + ".");
    }
}
