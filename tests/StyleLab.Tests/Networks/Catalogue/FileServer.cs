using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StyleLab.Tests.Networks.Catalogue;

/// <summary>
/// A server of one file over HTTP on this computer. It keeps to the rules, ranges included, until it is told how to answer
/// a request wrongly.
/// </summary>
public sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();

    public FileServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public byte[] Content { get; set; }

    public string? ETag { get; set; } = "\"first\"";

    /// <summary>What is done to the next answers, in order; after them all are right.</summary>
    public ConcurrentQueue<Action<Answer>> Next { get; } = [];

    /// <summary>The requests so far: path, and the first byte that was asked for.</summary>
    public ConcurrentQueue<(string Path, long From)> Requests { get; } = [];

    /// <summary>An answer before it is sent.</summary>
    public sealed class Answer
    {
        public required string Status { get; set; }

        public required Dictionary<string, string> Headers { get; init; }

        public required byte[] Body { get; set; }

        /// <summary>So many bytes are sent, then the connection is broken.</summary>
        public int? BreaksAfter { get; set; }

        /// <summary>So many bytes are sent, then nothing more while the client waits.</summary>
        public int? StallsAfter { get; set; }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_closed.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var client = socket;
            using var stream = new NetworkStream(client);
            var request = await ReadRequestAsync(stream);
            if (request.Length == 0)
                return;
            var answer = AnswerTo(request);
            if (Next.TryDequeue(out var change))
                change(answer);
            answer.Headers["Connection"] = "close";
            var head = new StringBuilder($"HTTP/1.1 {answer.Status}\r\n");
            foreach (var (name, value) in answer.Headers)
                head.Append($"{name}: {value}\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _closed.Token);
            var count = Math.Min(answer.Body.Length, answer.BreaksAfter ?? answer.StallsAfter ?? int.MaxValue);
            await stream.WriteAsync(answer.Body.AsMemory(0, count), _closed.Token);
            // Until the client gives up.
            if (answer.StallsAfter is not null)
                await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, _closed.Token);
            client.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
        }
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
                return "";
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        return request.ToString();
    }

    private Answer AnswerTo(string request)
    {
        var lines = request.Split("\r\n");
        var path = lines[0].Split(' ')[1];
        var from = Header("Range:") is { } range ? long.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        Requests.Enqueue((path, from));
        var headers = new Dictionary<string, string>();
        if (ETag is { } tag)
            headers["ETag"] = tag;
        if (from > 0 && from >= Content.Length)
        {
            headers["Content-Range"] = $"bytes */{Content.Length}";
            headers["Content-Length"] = "0";
            return new() { Status = "416 Range Not Satisfiable", Headers = headers, Body = [] };
        }
        var isRest = from > 0 && (Header("If-Range:") is not { } version || version == ETag);
        var body = isRest ? Content[(int)from..] : Content;
        headers["Content-Length"] = $"{body.Length}";
        if (isRest)
            headers["Content-Range"] = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        return new() { Status = isRest ? "206 Partial Content" : "200 OK", Headers = headers, Body = body };

        string? Header(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..].Trim();
    }
}
