package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.Rung;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// How a confined command is started.
sealed interface Wrapping {
  /// Of the descriptors that it takes besides the three.
  int FIRST_FD = 3;

  /// What is executed in place of the command, which is among its arguments.
  Path program();

  List<String> argv();

  Rung rung();

  /// The command will not run.
  void drop();

  /// By a program that builds the limits and then starts the command.
  ///
  /// @param data what it reads, each from a descriptor of its own, from [#FIRST_FD] on; it tells
  ///   how things went on the descriptor after the last of these
  /// @param lease what was made for it on the disk
  record Keeper(Path program, List<String> argv, List<byte[]> data, MountPoints.Lease lease)
      implements Wrapping {
    public Keeper {
      argv = List.copyOf(argv);
      data = List.copyOf(data);
    }

    @Override
    public Rung rung() {
      return Rung.BUBBLEWRAP;
    }

    @Override
    public void drop() {
      lease.giveBack(MountPoints.NOBODY);
    }
  }

  /// By a thread of ours that gives up its own rights first. What it starts reads a line from
  /// [#FIRST_FD], and becomes the command only then: see [RestrictedStart].
  ///
  /// @param filter of system calls
  record Gated(Path program, List<String> argv, Ruleset ruleset, ByteBuffer filter)
      implements Wrapping {
    public Gated {
      argv = List.copyOf(argv);
    }

    @Override
    public Rung rung() {
      return Rung.LANDLOCK;
    }

    @Override
    public void drop() {
      ruleset.close();
    }
  }
}
