using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StyleLab.Jupyter.Tests.PublishedPages;

/// <summary>Gives a script at every address, and remembers who asked.</summary>
internal sealed class ScriptServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _asked = [];

    public ScriptServer(string script)
    {
        _listener.Start();
        _ = ServeAsync(script);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(string script)
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(), script);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
        }
    }

    // Browsers open connections that they do not use at once.
    private async Task AnswerAsync(TcpClient client, string script)
    {
        try
        {
            using var open = client;
            var stream = client.GetStream();
            var reader = new StreamReader(stream);
            if (await reader.ReadLineAsync() is not { } asked)
                return;
            lock (_asked)
                _asked.Add(asked);
            for (string? line = asked; !string.IsNullOrEmpty(line);)
                line = await reader.ReadLineAsync();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: {script.Length}\r\nConnection: close\r\n\r\n{script}"));
        }
        catch (IOException)
        {
        }
    }
}
