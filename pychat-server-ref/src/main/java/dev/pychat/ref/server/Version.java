package dev.pychat.ref.server;

/** The version of this program. */
final class Version {

    private Version() {}

    /** As the jar's manifest has it; classes outside a jar have none. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
