package dev.pychat.envelope;

/** The first check that failed; never leaves the package. */
final class FoundException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FindingCode code;

    FoundException(FindingCode code, String what) {
        super(what, null, false, false);
        this.code = code;
    }

    FindingCode code() {
        return code;
    }

    String what() {
        String what = getMessage();
        return what == null ? "" : what;
    }
}
