package dev.pychat.ref.client;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, as its jar says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"pychat client " + number()};
    }

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
