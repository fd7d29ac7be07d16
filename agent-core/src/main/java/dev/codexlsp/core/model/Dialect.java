package dev.codexlsp.core.model;

import java.util.function.Function;

/// One way of asking a model over HTTP.
interface Dialect {

  /// What is asked, and how the answer is to be read.
  ///
  /// @param answers makes the reader of one answer; a request may be sent more than once
  record Question(String body, Function<StreamFailures, EventDecoder> answers) {}

  /// What is appended to the provider's URL.
  String path();

  Question question(ModelRequest request);
}
