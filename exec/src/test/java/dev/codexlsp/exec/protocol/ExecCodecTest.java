package dev.codexlsp.exec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.ExecMessage.Answer;
import dev.codexlsp.exec.protocol.ExecMessage.Failure;
import dev.codexlsp.exec.protocol.ExecMessage.Malformed;
import dev.codexlsp.exec.protocol.ExecMessage.Notification;
import dev.codexlsp.exec.protocol.ExecMessage.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecCodecTest {
  private static final RequestId ONE = new RequestId.Numeric(1);

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString().replace('"', '\'');
  }

  private static ExecMessage decode(String singleQuoted) {
    return ExecCodec.decode(utf8(singleQuoted.replace('\'', '"')));
  }

  private static Payload json(String singleQuoted) {
    return Payload.parse(singleQuoted.replace('\'', '"'));
  }

  @Test
  void readsEveryKindOfMessage() {
    assertThat(
            List.of(
                decode("{'id':1,'method':'a'}"),
                decode("{'id':'1','method':'a','params':null,'trace':null,'jsonrpc':'2.0'}"),
                decode("{'id':-9223372036854775808,'method':'a','params':{'x':1},'y':[]}"),
                decode("{'id':1,'method':'a','trace':{'traceparent':'nonsense'},'result':5}"),
                decode("{'method':'a','trace':5}"),
                decode("{'method':'a','params':[1,2]}"),
                decode("{'id':1,'result':null}"),
                decode("{'id':1,'result':{'x':1}}"),
                decode("{'error':{'code':-32601,'message':'no','data':1},'id':'x'}")))
        .containsExactly(
            new Request(ONE, "a", Payload.NONE, null),
            new Request(new RequestId.Text("1"), "a", Payload.NONE, null),
            new Request(new RequestId.Numeric(Long.MIN_VALUE), "a", json("{'x':1}"), null),
            new Request(ONE, "a", Payload.NONE, new Trace("nonsense", null)),
            new Notification("a", Payload.NONE),
            new Notification("a", json("[1,2]")),
            new Answer(ONE, Payload.NONE),
            new Answer(ONE, json("{'x':1}")),
            new Failure(new RequestId.Text("x"), new ExecError(-32601, "no")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                  | unexpected end",
        "{                                 | unexpected end",
        "5                                 | expected a JSON-RPC object",
        "[]                                | expected a JSON-RPC object",
        "[{'id':1,'method':'a'}]           | expected a JSON-RPC object",
        "{}                                | neither a request nor an answer",
        "{'id':1}                          | neither a request nor an answer",
        "{'id':1,'error':null}             | neither a request nor an answer",
        "{'id':1,'error':{'code':1}}       | missing field `message`",
        "{'id':null,'method':'a'}          | expected a string or a 64-bit integer in `id`",
        "{'id':1.5,'method':'a'}           | expected a string or a 64-bit integer in `id`",
        "{'id':1e3,'method':'a'}           | expected a string or a 64-bit integer in `id`",
        "{'id':true,'method':'a'}          | expected a string or a 64-bit integer in `id`",
        "{'id':9223372036854775808,'method':'a'}|expected a string or a 64-bit integer in `id`",
        "{'result':1}                      | expected a string or a 64-bit integer in `id`",
        "{'id':1,'method':5}               | expected a string in `method`",
        "{'id':1,'result':5,'method':null} | expected a string in `method`",
        "{'id':1,'method':'a','trace':5}   | expected an object, found a number",
        "{'id':1,'method':'a','trace':{'traceparent':5}}|expected a string, found a number in"
            + " `traceparent`",
        "{'id':1,'method':'a','id':2}      | duplicate key in `id`",
        "{'id':1,'method':'a','x':{'y':1,'y':1}}|duplicate key in `x.y`",
        "{'id':1,'method':'a'}{'id':2}     | malformed JSON at line 1 column 23",
        "{'id':1,'method':'a'} x           | malformed JSON at line 1 column 24",
        "{'id':1,'method':'a',}            | malformed JSON at line 1 column 23",
        "{'id':01,'method':'a'}            | malformed JSON at line 1 column 7",
        "{'id':1,'method':'a','x':NaN}     | malformed JSON at line 1 column 26",
        "{'id':1,'method':'a','x':'\t'}    | malformed JSON at line 1 column 27",
      })
  void saysWhatIsMalformed(String text, String problem) {
    assertThat(decode(text == null ? "" : text)).isEqualTo(new Malformed(problem));
  }

  @Test
  void takesNoTextThatIsNotUtf8() {
    assertThat(ExecCodec.decode(ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xff, '"', '}'})))
        .isEqualTo(new Malformed("not UTF-8"));
  }

  @Test
  void limitsTheNumberOfValuesAndTheirNesting() {
    String start = "{'id':1,'method':'a','x':";
    assertThat(decode(start + "[" + "1,".repeat(262_139) + "1]}")).isInstanceOf(Request.class);
    assertThat(decode(start + "[" + "1,".repeat(262_140) + "1]}"))
        .isEqualTo(new Malformed("message exceeds the limit of 262144 JSON values"));
    assertThat(decode(start + "[".repeat(126) + "]".repeat(126) + "}")).isInstanceOf(Request.class);
    assertThat(decode(start + "[".repeat(127) + "]".repeat(127) + "}"))
        .isInstanceOf(Malformed.class);
    assertThat(decode("[".repeat(1_000_000))).isInstanceOf(Malformed.class);
  }

  @Test
  void writesNullsButNoJsonrpc() {
    assertThat(
            List.of(
                text(ExecCodec.encode(new Request(ONE, "a", Payload.NONE, null))),
                text(
                    ExecCodec.encode(
                        new Request(
                            new RequestId.Text("\"\n"),
                            "initialize",
                            Payload.of(new Initialize("é€😀<>", null)),
                            new Trace("00-x", null)))),
                text(ExecCodec.encode(new Answer(ONE, Payload.of(new Done())))),
                text(ExecCodec.encode(new Answer(ONE, Payload.NONE))),
                text(ExecCodec.encode(new Failure(RequestId.UNREADABLE, new ExecError(-1, "m")))),
                text(
                    ExecCodec.encode(
                        new Notification(
                            "process/exited", Payload.of(new ProcessExited("p", 2, 3, false)))))))
        .containsExactly(
            "{'id':1,'method':'a'}",
            "{'id':'\\'\\n','method':'initialize','params':"
                + "{'clientName':'é€😀<>','resumeSessionId':null},"
                + "'trace':{'traceparent':'00-x','tracestate':null}}",
            "{'id':1,'result':{}}",
            "{'id':1,'result':null}",
            "{'error':{'code':-1,'message':'m'},'id':-1}",
            "{'method':'process/exited','params':"
                + "{'processId':'p','seq':2,'exitCode':3,'sandboxDenied':false}}");
  }

  @Test
  void outputIsWrittenAsTheGeneralWayWouldWriteIt() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      String id = random.nextBoolean() ? "p" + i : "\"é\\\n" + i;
      Stream stream = random.nextBoolean() ? Stream.PTY : Stream.STDERR;
      long sequence = random.nextLong(1, Long.MAX_VALUE);
      ProcessOutput output = new ProcessOutput(id, sequence, stream, ByteBuffer.wrap(bytes));
      Notification message = new Notification("process/output", Payload.of(output));
      ByteBuffer written = ExecCodec.encode(message);
      assertThat(text(written))
          .isEqualTo("{'method':'process/output','params':" + text(utf8(json(output))) + "}");
      assertThat(((Notification) ExecCodec.decode(written)).params().as(ProcessOutput.class))
          .isEqualTo(output);
      // Another order of the members makes it go the general way.
      ByteBuffer other = utf8("{\"params\":" + json(output) + ",\"method\":\"process/output\"}");
      assertThat(ExecCodec.decode(other)).isEqualTo(message);
    }
  }

  private static String json(ProcessOutput output) {
    return Payload.of(output).toString();
  }

  @Test
  void outputThatIsNotQuiteRightIsReadTheGeneralWay() {
    String right =
        "{'method':'process/output','params':{'processId':'p','seq':1,'stream':'pty','chunk':'YQ=='}}";
    assertThat(((Notification) decode(right)).params().value()).isInstanceOf(ProcessOutput.class);
    for (int length = 0; length < right.length(); length++) {
      assertThat(decode(right.substring(0, length))).isInstanceOf(Malformed.class);
    }
    for (String wrong :
        List.of("'seq':01", "'seq':-1", "'seq':'1'", "'seq':99999999999999999999")) {
      ExecMessage message = decode(right.replace("'seq':1", wrong));
      assertThat(message).isNotEqualTo(decode(right));
    }
    Notification badChunk = (Notification) decode(right.replace("YQ==", "YQ="));
    assertThatThrownBy(() -> badChunk.params().as(ProcessOutput.class))
        .isInstanceOf(WireException.class)
        .hasMessage("invalid base64: wrong length or padding in `chunk`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{}                                             | missing field `processId`",
        "{'processId':5,'argv':['a']}                   | missing field `cwd`",
        "[]                                             | expected an object, found an array",
        "{'processId':5,'argv':['a'],'cwd':'file:///','env':{},'tty':false}"
            + "|expected a string, found a number in `processId`",
        "{'processId':'p','argv':'a','cwd':'file:///','env':{},'tty':false}"
            + "|expected an array in `argv`",
        "{'processId':'p','argv':['a'],'cwd':'/tmp','env':{},'tty':false}"
            + "|invalid URI: relative URL without a base in `cwd`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{}}|missing field `tty`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{},'tty':null}|missing field `tty`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{},'tty':false,'pipeStdin':null}"
            + "|malformed ProcessStart",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{'A':1},'tty':false}"
            + "|expected a string, found a number in `env.A`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{'A':null},'tty':false}"
            + "|expected a value, found null in `env.A`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':[],'tty':false}"
            + "|expected an object in `env`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':[['A','1']],'tty':false}"
            + "|expected an object in `env`",
        "{'processId':'p','argv':['a'],'cwd':'file:///','env':{},'tty':false,'envPolicy':{}}"
            + "|missing field `inherit` in `envPolicy`",
      })
  void saysWhatIsWrongWithParams(String params, String problem) {
    assertThatThrownBy(() -> json(params).as(ProcessStart.class))
        .isInstanceOf(WireException.class)
        .hasMessage(problem);
  }

  @Test
  void readsWhatTheOriginalsClientSends() {
    assertThat(
            json("""
            {'processId':'1-a','metadata':{'threadId':'t','toolCallId':'c'},
             'argv':['/bin/bash','-lc','echo'],'cwd':'file:///w%20x','envPolicy':{'inherit':
             'all','ignoreDefaultExcludes':true,'exclude':['A'],'set':{},'includeOnly':[]},
             'env':{'TERM':'dumb'},'tty':false,'pipeStdin':false,'arg0':null,'sandbox':null,
             'enforceManagedNetwork':false,'managedNetwork':null}\
            """)
                .as(ProcessStart.class))
        .isEqualTo(
            new ProcessStart(
                "1-a",
                List.of("/bin/bash", "-lc", "echo"),
                Path.of("/w x"),
                Map.of("TERM", "dumb"),
                false,
                false,
                null,
                new ProcessStart.EnvPolicy(
                    ProcessStart.Inherit.ALL, true, List.of("A"), Map.of(), List.of()),
                null,
                false,
                null,
                null,
                new ProcessStart.Metadata("t", "c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "1.0", "'1'", "true", "9223372036854775808"})
  void numbersThatAreNeverNegative(String number) {
    assertThatThrownBy(
            () -> json("{'processId':'p','waitMs':" + number + "}").as(ProcessRead.class))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(
            () -> json("{'handleId':'h','offset':0,'len':" + number + "}").as(FsReadBlock.class))
        .isInstanceOf(WireException.class);
  }

  @Test
  void recordsRefuseWhatTheyCannotBe() {
    assertThatThrownBy(() -> json("{'processId':'p','afterSeq':-1}").as(ProcessRead.class))
        .hasMessage("afterSeq must not be negative: -1");
    assertThatThrownBy(() -> json("{'processId':'p','rows':0,'columns':1}").as(ProcessResize.class))
        .hasMessage("a terminal has 1 to 65535 rows and columns, not 0 x 1");
    assertThatThrownBy(() -> json("{'processId':'p','signal':'kill'}").as(ProcessSignal.class))
        .hasMessage("unknown value `kill`, expected one of interrupt in `signal`");
  }

  @Test
  void absentParamsAreAnEmptyObject() {
    assertThat(Payload.NONE.as(EnvironmentInfo.class)).isEqualTo(new EnvironmentInfo());
    assertThatThrownBy(() -> Payload.NONE.as(ProcessTerminate.class))
        .hasMessage("missing field `processId`");
  }
}
