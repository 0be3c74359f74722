using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StyleLab.Notebooks.Tests;

/// <summary>An HTTP server of this process that answers what the tests ask.</summary>
public sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _end = new();

    public LocalServer()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.InputStream);
        string sent = await reader.ReadToEndAsync();
        var (status, type, body) = request.Url!.AbsolutePath switch
        {
            "/json" => (200, "application/json; charset=utf-8", Encoding.UTF8.GetBytes("""{"name":"Zoë <b>","items":[{"id":7},{"id":8}]}""")),
            "/xml" => (200, "application/xml", Encoding.UTF8.GetBytes("<a><b id=\"5\">five</b></a>")),
            "/html" => (200, "text/html", Encoding.UTF8.GetBytes("<h1>Title</h1><script>alert(1)</script>")),
            "/picture" => (200, "image/png", File.ReadAllBytes(Fixture.PathOf("rings.png"))),
            "/bytes" => (200, "application/octet-stream", new byte[1234]),
            "/long" => (200, "text/plain", Encoding.UTF8.GetBytes(new string('x', 60_000))),
            "/latin" => (200, "text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("café")),
            "/nothing" => (204, "", []),
            "/moved" => (302, "", []),
            "/echo" => (200, "text/plain", Encoding.UTF8.GetBytes(
                $"{request.HttpMethod} {request.RawUrl} key={request.Headers["X-Key"]} type={request.ContentType} body={sent}")),
            "/slow" => (200, "text/plain", await LateAsync()),
            _ => (404, "text/plain", Encoding.UTF8.GetBytes("no such page")),
        };
        context.Response.StatusCode = status;
        if (type.Length > 0)
            context.Response.ContentType = type;
        if (status == 302)
            context.Response.RedirectLocation = Address + "/echo";
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private async Task<byte[]> LateAsync()
    {
        await ((Task)Task.Delay(TimeSpan.FromSeconds(20), _end.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [];
    }
}
