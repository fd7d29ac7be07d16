package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.HttpConnectionFailed;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseStreamDisconnected;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseTooManyFailedAttempts;
import dev.codexlsp.core.thread.TurnError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ModelExceptionTest {
  record Row(@Nullable CodexErrorInfo last, @Nullable Integer announced) {}

  static final List<Row> ROWS =
      List.of(
          new Row(new HttpConnectionFailed(401), 401),
          new Row(new ResponseTooManyFailedAttempts(429), 429),
          new Row(new ResponseStreamDisconnected(502), 502),
          new Row(Kind.INTERNAL_SERVER_ERROR, null),
          new Row(Kind.OTHER, null),
          new Row(null, null));

  @ParameterizedTest
  @FieldSource("ROWS")
  void anyFailureIsAnnouncedAsADisconnectedStream(Row row) {
    ModelException failure =
        new ModelException(
            new TurnError("it broke", row.last(), null), new ModelException.Retry.Backoff());
    assertThat(failure.reconnecting(2, 5))
        .isEqualTo(
            new TurnError(
                "Reconnecting... 2/5",
                new ResponseStreamDisconnected(row.announced()),
                "it broke"));
  }
}
