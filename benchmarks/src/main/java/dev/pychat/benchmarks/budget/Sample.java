package dev.pychat.benchmarks.budget;

import java.util.List;

/**
 * What a thread was found at.
 *
 * @param thread its number in Linux
 * @param where what kind of code it ran
 * @param share whose work it did
 */
record Sample(long thread, Where where, Share share) {

    /** Native code that computes. All other waits for the kernel, or works there. */
    private static final List<String> COMPUTING = List.of("io.netty.internal.tcnative.", "java.util.zip.");

    /** Kinds of code. */
    enum Where {
        JAVA,
        NATIVE,
        KERNEL
    }

    /** A thread that the JVM found in Java code. */
    static Sample inJava(long thread, List<String> stack) {
        return new Sample(thread, Where.JAVA, Share.of(stack));
    }

    /** A thread that the JVM found outside. */
    static Sample inNative(long thread, List<String> stack) {
        boolean computes = COMPUTING.stream().anyMatch(stack.get(0)::startsWith);
        return new Sample(thread, computes ? Where.NATIVE : Where.KERNEL, Share.of(stack));
    }
}
