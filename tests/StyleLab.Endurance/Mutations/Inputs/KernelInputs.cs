using StyleLab.Cli.Runs;
using System.Text;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>What Jupyter and earlier kernels leave for a kernel. A message is its frames, one a line.</summary>
internal static class KernelInputs
{
    private static readonly MessageCodec s_codec = new(key: "");

    public static byte[] ConnectionFile() => Encoding.UTF8.GetBytes(
        """{"shell_port": 57503, "iopub_port": 40885, "stdin_port": 52597, "control_port": 50160, "hb_port": 42540, "ip": "127.0.0.1", "key": "a0436f6c", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": ""}""");

    public static List<byte[]> Messages() =>
    [
        .. new[]
        {
            """{"code": "1 + 1", "silent": false, "store_history": true, "user_expressions": {"a": "1"}, "allow_stdin": true, "stop_on_error": true}""",
            """{"code": "Console.", "cursor_pos": 8, "detail_level": 1}""",
            """{"comm_id": "c", "target_name": "t", "data": {"a": [1]}}""",
            """{"hist_access_type": "search", "pattern": "*", "unique": true, "n": 5, "output": true, "session": 0, "start": 0, "stop": 9}""",
        }.Select(content => Encoding.UTF8.GetBytes(
            $"client\n<IDS|MSG>\n\n{{\"msg_id\": \"1\", \"msg_type\": \"execute_request\", \"session\": \"s\", \"username\": \"u\", \"version\": \"5.3\", \"date\": \"2026-01-01\"}}\n{{}}\n{{\"polyglot_notebook\": {{\"kernelName\": \"csharp\"}}}}\n{content}")),
    ];

    public static byte[] History() => Encoding.UTF8.GetBytes(
        """
        {"session":1,"line":1,"input":"1 + 1","output":"2"}
        {"session":1,"line":2,"input":"var x = \"a\\nb\";"}
        {"session":2,"line":1,"input":"x","output":"a"}

        """);

    /// <summary>Decodes a message and looks at it as handlers do.</summary>
    public static void Read(byte[] input)
    {
        byte[][] frames = [.. Encoding.Latin1.GetString(input).Split('\n').Select(Encoding.Latin1.GetBytes)];
        if (s_codec.Decode(frames) is not { } request)
            return;
        _ = (request.ReplyType, request.Flag("silent", true), request.Number("cursor_pos"), request.Number("n"));
        foreach (string name in request.Content.Select(field => field.Key).ToList())
            request.Text(name);
        request.Content["data"]?.DeepClone();
        _ = request.Metadata.ToJsonString();
        foreach (var (_, expression) in request.Content["user_expressions"] as System.Text.Json.Nodes.JsonObject ?? [])
            _ = expression?.ToString();
        s_codec.Encode(request.Identities, "status", request.Header, request.Content);
    }

    /// <summary>One of the JSON frames changed.</summary>
    public static byte[] WithFrame(byte[] message, Random random) => WithLine(message, random, first: 3);

    /// <summary>One line of JSON changed.</summary>
    public static byte[] WithLine(byte[] text, Random random) => WithLine(text, random, first: 0);

    private static byte[] WithLine(byte[] text, Random random, int first)
    {
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length <= first)
            return text;
        int at = random.Next(first, lines.Length);
        lines[at] = JsonMutation.Of(lines[at], random);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
