package dev.codexlsp.core.toml;

/// Where a value has been written down; whoever reads the text says it.
public interface Origin {}
