package dev.pychat.endtoend.programs;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.testkit.Needs;
import java.nio.file.Path;

/** Runs programs as somebody for whom the modes of files count. */
final class NotRoot {
    private static final String NOBODY = "65534";
    private static final String INSTALL =
            "apt-get install util-linux (setpriv), or run the tests as another user than root";

    private NotRoot() {}

    /** Runs it as the user of these tests, or as nobody if that is root. */
    static Finished run(Command command) throws Exception {
        return of(command).run();
    }

    /** It as the user of these tests, or as nobody if that is root. */
    static Command of(Command command) throws Exception {
        if (!isRoot()) {
            return command;
        }
        Needs.program("setpriv", INSTALL);
        return command.by("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private static boolean isRoot() throws Exception {
        return Integer.valueOf(0).equals(java.nio.file.Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
