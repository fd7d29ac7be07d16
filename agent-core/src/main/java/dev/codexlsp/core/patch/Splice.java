package dev.codexlsp.core.patch;

import java.util.List;

/// Lines of a file that give way to others.
///
/// @param start index of the first line, or of the line before which something is put in
/// @param removed how many lines go
record Splice(int start, int removed, List<String> added) {
  Splice {
    added = List.copyOf(added);
  }
}
