package dev.pychat.endtoend.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

/** The compiled classes that the rules look at, read once. */
final class OurClasses {
    static final String ROOT = "dev.pychat";

    /** Every class of every module, without the tests of this one. */
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(OurClasses::notFromThisModule)
            .importPackages(ROOT);

    private OurClasses() {}

    /** The classes planted under one package of this module's tests. */
    static JavaClasses planted(String packageName) {
        return new ClassFileImporter().importPackages(packageName);
    }

    private static boolean notFromThisModule(Location location) {
        return !location.contains("/test-classes/");
    }
}
