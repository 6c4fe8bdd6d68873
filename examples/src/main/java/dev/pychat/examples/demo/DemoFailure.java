package dev.pychat.examples.demo;

/** Something that the demo promises did not hold; the message says what. */
final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
