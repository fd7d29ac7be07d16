package dev.codexlsp.core.model;

/// The Responses API.
final class ResponsesDialect implements Dialect {
  @Override
  public String path() {
    return "responses";
  }

  @Override
  public Question question(ModelRequest request) {
    return new Question(RequestBody.render(request), EventReader::new);
  }
}
