package dev.codexlsp.exec.protocol;

/// Sends a signal to the group of a process. It is no error when there is none any more.
public record ProcessSignal(String processId, Signal signal) {

  public enum Signal {
    /// What Ctrl-C does.
    INTERRUPT
  }
}
