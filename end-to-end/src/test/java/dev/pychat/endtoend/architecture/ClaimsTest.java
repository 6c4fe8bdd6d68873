package dev.pychat.endtoend.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The security claims in ENVELOPE.md, section 12, name the tests that show them. */
class ClaimsTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)`");

    @Test
    void everyClaimNamesTestsThatExist() throws IOException {
        Set<String> tests = Checkout.sources("Test.java").stream()
                .map(source -> source.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(claims())
                .hasSizeGreaterThan(10)
                .allSatisfy(claim ->
                        assertThat(tested(claim)).as(claim).isNotEmpty().isSubsetOf(tests));
    }

    private static List<String> claims() throws IOException {
        Path document = Checkout.ROOT.resolve("pychat-core/ENVELOPE.md");
        String section = Files.readString(document).split("## 12\\. ", 2)[1].split("\n##", 2)[0];
        return section.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
    }

    private static List<String> tested(String claim) {
        return TEST_NAME
                .matcher(claim)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .toList();
    }
}
