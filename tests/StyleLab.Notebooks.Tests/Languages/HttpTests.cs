namespace StyleLab.Notebooks.Tests;

public sealed class HttpTests(LocalServer server) : IClassFixture<LocalServer>, IDisposable
{
    private readonly RecordedSession _session = new();

    private IReadOnlyList<MimeBundle> Shown => [.. _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data)];

    public void Dispose() => _session.Dispose();

    private async Task<IReadOnlyList<MimeBundle>> SendAsync(string text)
    {
        await _session.ValueAsync("#!http\n" + text.Replace("HOST", server.Address));
        return Shown;
    }

    private async Task<string> BodyAsync(string text) => (await SendAsync(text))[^1]["text/plain"]!.Split("\n\n", 2)[^1];

    [Fact]
    public async Task A_response_is_shown_with_status_time_headers_and_indented_JSON()
    {
        var shown = Assert.Single(await SendAsync("GET HOST/json HTTP/1.1\nAccept: application/json"));
        string text = shown["text/plain"]!;
        Assert.Matches(@$"^GET {server.Address}/json\n200 OK \(\d+ ms, 47 bytes, application/json\)\n", text);
        Assert.Contains("\n\n{\n  \"name\": \"Zoë <b>\",\n  \"items\": [\n    {\n      \"id\": 7\n    },", text);
        Assert.Contains("Content-Type: application/json; charset=utf-8", text);
        string html = shown["text/html"]!;
        Assert.Contains("<strong style=\"color:#2a7d2a\">200 OK</strong>", html);
        Assert.Matches(@"<summary>Request headers \(\d\)</summary><table><tbody><tr><th style=""text-align:left"">Accept</th><td style=""text-align:left"">application/json</td>", html);
        Assert.Contains("Zo&#235; &lt;b&gt;", html);
    }

    [Theory]
    [InlineData("/html", "&lt;h1&gt;Title&lt;/h1&gt;&lt;script&gt;")]
    [InlineData("/picture", "<img src=\"data:image/png;base64,iVBORw0KGgo")]
    [InlineData("/bytes", "1,234 bytes, application/octet-stream</small>")]
    [InlineData("/long", "xxx\n… (10,000 more characters)</pre>")]
    [InlineData("/latin", "caf&#233;")]
    [InlineData("/nothing", "204 No Content</strong>")]
    [InlineData("/missing", "<strong style=\"color:#c22\">404 Not Found</strong>")]
    [InlineData("/xml", "&lt;a&gt;&lt;b id=&quot;5&quot;&gt;five")]
    public async Task Bodies_are_shown_as_what_they_are(string path, string expected)
    {
        string html = Assert.Single(await SendAsync($"GET HOST{path}"))["text/html"]!;
        Assert.Contains(expected, html);
        Assert.DoesNotContain("<script>", html);
        if (path is "/bytes" or "/nothing")
            Assert.DoesNotContain("<pre", html);
    }

    [Fact]
    public async Task Requests_have_methods_headers_bodies_and_long_addresses()
    {
        var shown = await SendAsync("""
            # A comment
            @path = echo
            @key = {{letter}}-1

            @letter = k
            POST HOST/{{path}}
                ?a=1
                &b=2
            X-Key: {{key}}
            // Another
            Content-Type: application/json

            {
              "a": "{{letter}}"
            }

            ### The second
            HOST/echo
            ###
            delete HOST/echo
            Content-Type: application/x-www-form-urlencoded

            a=1
            &b={{letter}}
            """);
        Assert.Equal(
            [
                "POST /echo?a=1&b=2 key=k-1 type=application/json body={\n  \"a\": \"k\"\n}", "GET /echo key= type= body=",
                "DELETE /echo key= type=application/x-www-form-urlencoded body=a=1&b=k",
            ],
            shown.Select(response => response["text/plain"]!.Split("\n\n", 2)[1]));
    }

    [Fact]
    public async Task Values_come_from_csharp_from_shared_values_and_from_earlier_cells()
    {
        await _session.ValueAsync("var secret = \"s3\"; double half = 0.5; var list = new[] { 1, 2 }; int? none = null;");
        Assert.Equal("GET /echo?0.5&& key=s3 type= body=", await BodyAsync("@kept = echo\nGET HOST/{{kept}}?{{half}}&{{none}}&\nX-Key: {{ secret }}"));
        Assert.Equal("POST /echo key= type= body=[1,2]", await BodyAsync("POST HOST/{{kept}}\n\n{{list}}"));
        Assert.EndsWith("body=renamed", await BodyAsync("#!set --name given --value renamed\nPOST HOST/echo\n\n{{given}}"));
        Assert.EndsWith("body=s3", await BodyAsync("#!share secret --from csharp --as other\nPOST HOST/echo\n\n{{other}}"));
    }

    [Fact]
    public async Task Named_responses_are_parts_of_later_requests_and_values_of_csharp()
    {
        await SendAsync("# @name first\nGET HOST/json\nX-Sent: 5\n\n###\n# @name second\nGET HOST/xml");
        Assert.EndsWith("body=8 Zoë <b> five 5 application/xml 5", await BodyAsync("""
            @id = {{first.response.body.$.items[1].id}}
            POST HOST/echo

            {{id}} {{first.response.body.$['name']}} {{second.response.body.//b}} {{second.response.body./a/b/@id}} {{second.response.headers.content-type}} {{first.request.headers.X-Sent}}
            """));
        Assert.Equal(7, await _session.ValueAsync("#!share first --from http\nfirst.RootElement.GetProperty(\"items\")[0].GetProperty(\"id\").GetInt32()"));
        Assert.Equal("8", await _session.ValueAsync("#!set --name id --value @http:id\nid"));
        Assert.Equal("{{first.response.body.$.nothing}} has no value; write @first.response.body.$.nothing = … above the request, or declare a C# variable of that name.",
            await _session.ErrorAsync($"#!http\nGET {server.Address}/{{{{first.response.body.$.nothing}}}}"));
    }

    [Fact]
    public async Task Built_in_values_are_filled_in()
    {
        Environment.SetEnvironmentVariable("STYLELAB_TEST", "from outside");
        string body = await BodyAsync("POST HOST/echo\n\n{{$guid}} {{$randomInt 5 6}} {{$datetime \"yyyy-MM\" 1 y}} {{$timestamp}} {{$processEnv STYLELAB_TEST}} {{$localDatetime iso8601}}");
        Assert.Matches($@"body=[\da-f\-]{{36}} 5 {DateTime.UtcNow.Year + 1}-\d\d \d{{10}} from outside \d{{4}}-\d\d-\d\dT", body);
        Assert.StartsWith("{{$now}} is not known; there are $guid, ", await _session.ErrorAsync("#!http\nGET http://localhost/{{$now}}"));
    }

    [Fact]
    public async Task Redirects_are_followed_unless_the_request_says_no()
    {
        Assert.StartsWith("GET /echo", await BodyAsync("GET HOST/moved"));
        Assert.Contains($"302 Found", Assert.Single(await SendAsync("# @no-redirect\nGET HOST/moved"))["text/plain"]);
    }

    [Theory]
    [InlineData("GET nowhere", 2, "\"nowhere\" is no address of a request; write GET https://host/path.")]
    [InlineData("GET http://localhost/{{unknown}}", 2, "{{unknown}} has no value; write @unknown = … above the request, or declare a C# variable of that name.")]
    [InlineData("\nGET http://localhost\nX-Key", 4, "\"X-Key\" is no header; write Name: value, and an empty line before the body of a request.")]
    [InlineData("# @timeout soon\nGET http://localhost", 2, "\"soon\" is no time; write # @timeout 5, in seconds, or 500 ms, 2 m.")]
    [InlineData("@a = {{b}}\n@b = {{a}}\nGET http://localhost/{{a}}", 4, "The variables name each other without end in \"{{")]
    public async Task What_is_wrong_is_told_in_one_sentence_with_its_line(string text, int line, string expected)
    {
        var result = await _session.RunAsync("#!http\n" + text, TestContext.Current.CancellationToken);
        Assert.StartsWith(expected, result.Error!.Message);
        Assert.StartsWith($"Cell 1, line {line}: {expected}", Assert.Single(result.Error.Traceback));
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_too_slow_is_told()
    {
        Assert.Matches(@"^GET http://127.0.0.1:1/ got no answer: .*refused.*\.$", await _session.ErrorAsync("GET http://127.0.0.1:1/", "http"));
        Assert.Equal($"GET {server.Address}/slow got no answer within 0.2 s; # @timeout 300 above the request allows more.",
            await _session.ErrorAsync($"# @timeout 200 ms\nGET {server.Address}/slow", "http"));
        Assert.Equal(3, await _session.ValueAsync("1 + 2"));
    }

    [Fact]
    public async Task The_stop_button_ends_a_request()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = await _session.RunAsync($"#!http\nGET {server.Address}/slow\n###\nGET {server.Address}/json", stop.Token);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"after {clock.Elapsed}");
        Assert.Empty(Shown);
    }
}
