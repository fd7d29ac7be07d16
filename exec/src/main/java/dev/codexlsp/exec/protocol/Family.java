package dev.codexlsp.exec.protocol;

/// What a method is about. A server names it when the method comes too early.
public enum Family {
  SESSION("session"),
  EXEC("exec"),
  FILESYSTEM("filesystem"),
  HTTP("http"),
  ENVIRONMENT_INFO("environment info"),
  ENVIRONMENT_STATUS("environment status");

  private final String words;

  Family(String words) {
    this.words = words;
  }

  /// As it is said in a sentence.
  public String words() {
    return words;
  }
}
