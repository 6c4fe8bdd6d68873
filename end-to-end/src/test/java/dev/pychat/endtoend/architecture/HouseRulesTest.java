package dev.pychat.endtoend.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.pychat.endtoend.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final int LONGEST_FILE = 400;

    @Test
    void everyPackageSaysWhatLivesInItAndIsNullMarked() {
        assertThat(OurClasses.ALL.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.tryGetPackageInfo())
                        .as(one.getName())
                        .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class))
                                .as("%s is @NullMarked", one.getName())
                                .isTrue()));
    }

    @Test
    void noTypeHidesBehindAWordThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)")
                .check(OurClasses.ALL);
    }

    @Test
    void noSourceFileIsTooLongToRead() throws IOException {
        assertThat(Checkout.sources(".java"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(lines(source)).as("%s", source).isLessThanOrEqualTo(LONGEST_FILE));
    }

    private static long lines(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.count();
        } catch (IOException unreadable) {
            throw new AssertionError("cannot read " + path, unreadable);
        }
    }
}
