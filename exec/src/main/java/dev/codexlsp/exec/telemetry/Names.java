package dev.codexlsp.exec.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/// The names and bounds under which dashboards find what an exec-server does.
final class Names {
  /// Of the instrumentation, and of the service.
  static final String SCOPE = "codex-exec-server";

  static final String CONNECTIONS_ACTIVE = "exec_server_connections_active";
  static final String CONNECTIONS = "exec_server_connections_total";
  static final String REQUESTS = "exec_server_requests_total";
  static final String REQUEST_DURATION = "exec_server_request_duration_seconds";
  static final String REQUEST_QUEUE_DURATION = "exec_server_request_queue_duration_seconds";
  static final String REQUEST_TOTAL_DURATION = "exec_server_request_total_duration_seconds";
  static final String PROCESSES_ACTIVE = "exec_server_processes_active";
  static final String PROCESSES_FINISHED = "exec_server_processes_finished_total";
  static final String PROCESS_DURATION = "exec_server_process_duration_seconds";

  static final String PROCESS_SPAN = "codex.exec_server.process";

  static final String START_EVENT = "codex.exec_server.process_start";
  static final String EXIT_EVENT = "codex.exec_server.process_exit";
  static final String FAILURE_EVENT = "codex.exec_server.process_spawn_failed";

  static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("transport");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
  static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  static final AttributeKey<String> RAW_METHOD = AttributeKey.stringKey("rpc.method");
  static final AttributeKey<Long> DISPATCH_OFFSET = AttributeKey.longKey("rpc.dispatch_offset_ns");
  static final AttributeKey<Long> ENQUEUE_OFFSET =
      AttributeKey.longKey("rpc.response_enqueue_offset_ns");
  static final AttributeKey<String> PROCESS_ID = AttributeKey.stringKey("process.id");
  static final AttributeKey<String> EVENT_NAME = AttributeKey.stringKey("event.name");
  static final AttributeKey<String> SANDBOX_TYPE = AttributeKey.stringKey("sandbox.type");
  static final AttributeKey<String> CONVERSATION_ID = AttributeKey.stringKey("conversation.id");
  static final AttributeKey<String> TOOL_CALL_ID = AttributeKey.stringKey("tool.call_id");
  static final AttributeKey<Long> EXIT_CODE = AttributeKey.longKey("process.exit_code");
  static final AttributeKey<Boolean> TERMINATION_REQUESTED =
      AttributeKey.booleanKey("process.termination_requested");

  static final String SECONDS = "s";

  /// Where the histograms are cut, in seconds.
  static final List<Double> DURATION_BOUNDS =
      List.of(
          0.0, .005, .01, .025, .05, .075, .1, .25, .5, .75, 1.0, 2.5, 5.0, 7.5, 10.0, 12.0, 15.0,
          20.0, 30.0, 60.0, 120.0);

  private Names() {}
}
