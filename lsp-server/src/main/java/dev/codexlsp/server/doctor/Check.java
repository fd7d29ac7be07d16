package dev.codexlsp.server.doctor;

import java.util.List;

/// Looks at one thing.
public interface Check {
  List<Finding> look() throws InterruptedException;
}
