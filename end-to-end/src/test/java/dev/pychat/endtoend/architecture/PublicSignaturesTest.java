package dev.pychat.endtoend.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an embedder sees names nothing that an embedder can't name: no internal and no package-private type. */
class PublicSignaturesTest {
    private static final String PLANTED = PublicSignaturesTest.class.getPackageName() + ".planted";

    @Test
    void publicSignaturesNameOnlyPublicTypes() {
        assertThat(leaks(OurClasses.ALL)).isEmpty();
    }

    @Test
    void plantedLeakIsFound() {
        assertThat(leaks(OurClasses.planted(PLANTED + ".api")))
                .hasSize(2)
                .anySatisfy(leak -> assertThat(leak).contains("wrapped", "internal.Detail"))
                .anySatisfy(leak -> assertThat(leak).contains("api.Leaky ", "api.Hidden"));
    }

    private static List<String> leaks(JavaClasses classes) {
        return classes.stream()
                .filter(PublicSignaturesTest::isApi)
                .flatMap(PublicSignaturesTest::leaks)
                .toList();
    }

    private static Stream<String> leaks(JavaClass type) {
        Stream<String> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(parent -> hidden(type.getName(), parent));
        Stream<String> members = type.getMembers().stream()
                .filter(PublicSignaturesTest::isVisible)
                .flatMap(member -> types(member).flatMap(used -> hidden(member.getFullName(), used)));
        return Stream.concat(parents, members).distinct();
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.concat(
                Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()),
                unit.getExceptionTypes().stream());
    }

    private static Stream<String> hidden(String where, JavaType used) {
        return used.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(type -> type.getPackageName().startsWith(OurClasses.ROOT) && !isApi(type))
                .map(type -> where + " names " + type.getName());
    }

    private static boolean isApi(JavaClass type) {
        boolean enclosingIsApi =
                type.getEnclosingClass().map(PublicSignaturesTest::isApi).orElse(true);
        return isVisible(type) && enclosingIsApi && !type.getPackageName().matches(".*\\.internal(\\..*)?");
    }

    private static boolean isVisible(HasModifiers thing) {
        return (thing.getModifiers().contains(JavaModifier.PUBLIC)
                        || thing.getModifiers().contains(JavaModifier.PROTECTED))
                && !thing.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
}
