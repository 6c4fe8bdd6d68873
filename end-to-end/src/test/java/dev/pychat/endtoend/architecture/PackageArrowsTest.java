package dev.pychat.endtoend.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.pychat.endtoend.architecture.PackageTable.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackageArrowsTest {
    private static final String PLANTED = PackageArrowsTest.class.getPackageName() + ".planted";

    static Stream<Row> rows() {
        return PackageTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void packageUsesOnlyWhatItsRowAllows(Row row) {
        assertThat(forbidden(row, OurClasses.ALL)).isEmpty();
    }

    @Test
    void everyClassStandsInOneRow() {
        assertThat(OurClasses.ALL)
                .hasSizeGreaterThan(0)
                .allSatisfy(type -> assertThat(PackageTable.rows().filter(row -> row.holds(type.getPackageName())))
                        .as("row for %s", type.getName())
                        .hasSize(1));
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching(OurClasses.ROOT + ".(**)").should().beFreeOfCycles().check(OurClasses.ALL);
    }

    @Test
    void rowDoesNotSpeakForPackagesBelowThatHaveOne() {
        Row server = PackageTable.rows()
                .filter(row -> row.packageName().equals(OurClasses.ROOT + ".server"))
                .findFirst()
                .orElseThrow();
        assertThat(server.permits(OurClasses.ROOT + ".store.memory")).isTrue();
        assertThat(server.permits(OurClasses.ROOT + ".store.sqlite.internal")).isFalse();
        assertThat(server.permits(OurClasses.ROOT + ".crypto.open")).isTrue();
    }

    @Test
    void arrowThatTheTableLacksIsFound() {
        Row row = new Row(PLANTED + ".server", List.of(PLANTED + ".internal"));
        assertThat(forbidden(row, OurClasses.planted(PLANTED)))
                .isNotEmpty()
                .allSatisfy(arrow -> assertThat(arrow).contains(PLANTED + ".store"));
    }

    private static List<String> forbidden(Row row, JavaClasses classes) {
        return classes.stream()
                .filter(type -> row.holds(type.getPackageName()))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> !row.permits(target(arrow).getPackageName()))
                .map(Dependency::getDescription)
                .toList();
    }

    private static JavaClass target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType();
    }
}
