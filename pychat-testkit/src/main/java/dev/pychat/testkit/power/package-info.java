/**
 * What a power failure leaves of the files of a process: a journal of what it did and what it synced, kept by a small library in C that
 * is compiled here and loaded in front of the C library, and a disk that holds of it what had to survive.
 *
 * <p>A SIGKILL can't show that a sync is missing, for the kernel keeps what was written; here it is thrown away. Nothing here may know
 * what the files hold. Linux with glibc and a C compiler only.
 */
@NullMarked
package dev.pychat.testkit.power;

import org.jspecify.annotations.NullMarked;
