/** Tests of the vocabulary. */
@NullMarked
package dev.pychat.model;

import org.jspecify.annotations.NullMarked;
