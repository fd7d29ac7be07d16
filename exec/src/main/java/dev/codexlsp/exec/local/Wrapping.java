package dev.codexlsp.exec.local;

import java.nio.file.Path;
import java.util.List;

/// How a confined command is started: by a program that builds the limits and then becomes, or
/// starts, the command.
///
/// @param program that does it
/// @param argv its arguments, the command among them
/// @param data what it reads, each from a descriptor of its own, from [#FIRST_FD] on; it tells how
///   things went on the descriptor after the last of these
/// @param lease what was made for it on the disk
record Wrapping(Path program, List<String> argv, List<byte[]> data, MountPoints.Lease lease) {
  static final int FIRST_FD = 3;

  Wrapping {
    argv = List.copyOf(argv);
    data = List.copyOf(data);
  }
}
