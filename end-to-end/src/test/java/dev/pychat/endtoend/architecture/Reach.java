package dev.pychat.endtoend.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How one class reaches another through any chain of classes, by whatever a class file can name. */
final class Reach {
    private final Predicate<JavaClass> walked;

    /**
     * Looks for chains.
     *
     * @param walked the classes that a chain may go through
     */
    Reach(Predicate<JavaClass> walked) {
        this.walked = walked;
    }

    /** The shortest chain of names from a class to one that the goal accepts, if there is one. */
    Optional<List<String>> chain(JavaClass from, Predicate<JavaClass> goal) {
        Map<JavaClass, Optional<JavaClass>> cameFrom = new LinkedHashMap<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        cameFrom.put(from, Optional.empty());
        open.add(from);
        while (!open.isEmpty()) {
            JavaClass at = open.remove();
            if (goal.test(at)) {
                return Optional.of(names(at, cameFrom));
            }
            for (Dependency arrow : at.getDirectDependenciesFromSelf()) {
                JavaClass next = arrow.getTargetClass().getBaseComponentType();
                if (walked.test(next) && !cameFrom.containsKey(next)) {
                    cameFrom.put(next, Optional.of(at));
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> names(JavaClass end, Map<JavaClass, Optional<JavaClass>> cameFrom) {
        Deque<String> names = new ArrayDeque<>();
        for (Optional<JavaClass> at = Optional.of(end); at.isPresent(); at = cameFrom.get(at.get())) {
            names.addFirst(at.get().getName());
        }
        return List.copyOf(names);
    }
}
