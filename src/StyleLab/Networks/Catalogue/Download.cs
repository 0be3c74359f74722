using System.Net;
using System.Net.Http.Headers;

namespace StyleLab.Networks.Catalogue;

/// <summary>
/// Brings a file here over HTTP. A connection that breaks or stalls is followed by another that asks for the rest only
/// (RFC 9110, 14: Range and If-Range); what is there when all fail is kept for the next time.
/// </summary>
/// <param name="address">Where from.</param>
/// <param name="expectedBytes">The file's length, if it is known.</param>
/// <param name="part">Where to.</param>
/// <param name="settings">How patient.</param>
internal sealed class Download(Uri address, long? expectedBytes, PartialFile part, DownloadSettings settings)
{
    // Larger than any loss network; an endless answer is not to fill the disk.
    private const long MostBytes = 4L << 30;
    private const int MostRedirections = 5;

    /// <summary>Brings the whole file.</summary>
    /// <param name="report">Hears the bytes that are there and the bytes in all.</param>
    /// <param name="cancellation">Ends it; the beginning is kept.</param>
    /// <returns>Whether a beginning from an earlier time was used.</returns>
    /// <exception cref="DownloadFailedException">The file cannot be had.</exception>
    public async Task<bool> RunAsync(Action<long, long?> report, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            MaxAutomaticRedirections = MostRedirections,
            ConnectTimeout = settings.Stall,
            // What is on this computer is not behind a proxy.
            UseProxy = !address.IsLoopback,
        }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("StyleLab", typeof(Download).Assembly.GetName().Version!.ToString(3)));
        var resumed = part.CanResume(address, out _);
        if (resumed && part.Length == expectedBytes)
            return true;
        // What was brought before and lost again, because the server could not go on, does not count as progress.
        var most = part.Length;
        for (var failures = 0; ; )
        {
            try
            {
                await ConnectAsync(client, report, cancellation);
                return resumed;
            }
            catch (DownloadFailedException error) when (!error.IsFinal)
            {
                failures = part.Length > most ? 1 : failures + 1;
                most = Math.Max(most, part.Length);
                if (failures >= settings.Tries)
                    throw;
                await Task.Delay(settings.Pause * Math.Pow(2, failures - 1), cancellation);
            }
        }
    }

    /// <summary>One connection, to the end of the file or until it breaks.</summary>
    private async Task ConnectAsync(HttpClient client, Action<long, long?> report, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(settings.Stall);
        try
        {
            using var request = Request();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (IsAllHere(response))
                return;
            await using var file = Open(response, out var total);
            await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
            await CopyAsync(body, file, total, report, stall);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadFailedException($"nothing came for {settings.Stall.TotalSeconds:0.#} seconds", inner: error);
        }
        catch (HttpRequestException error)
        {
            // Without a network, names are not found; there is no use in waiting.
            throw error.HttpRequestError == HttpRequestError.NameResolutionError
                ? new DownloadFailedException($"the name {address.Host} is not known here", isFinal: true, error)
                : new DownloadFailedException($"the connection failed ({OneLine(error.GetBaseException().Message)})", inner: error);
        }
        catch (IOException error) when (error is HttpIOException || error.InnerException is System.Net.Sockets.SocketException)
        {
            throw new DownloadFailedException("the connection broke off", inner: error);
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (part.CanResume(address, out var version))
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            if (version is not null)
                request.Headers.TryAddWithoutValidation("If-Range", version);
        }
        return request;
    }

    /// <summary>Whether there is nothing after what an earlier download brought.</summary>
    private bool IsAllHere(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == part.Length;

    /// <summary>The file to which the answer's bytes belong: at its end if they are the rest, at its beginning if they are all.</summary>
    private FileStream Open(HttpResponseMessage response, out long? total)
    {
        var content = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.PartialContent && content.ContentRange is { } range && range.From == part.Length)
        {
            total = range.Length;
            CheckAnnounced(total);
            return part.Append();
        }
        // The server cannot go on where we are; without the beginning it is asked for all.
        if (response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            part.Delete();
            throw new DownloadFailedException("the server does not go on where the last download ended");
        }
        if (!response.IsSuccessStatusCode)
            throw new DownloadFailedException(
                $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(), isFinal: (int)response.StatusCode < 500);
        total = content.ContentLength;
        CheckAnnounced(total);
        var version = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : content.LastModified?.ToString("R");
        return part.Create(address, version);
    }

    private void CheckAnnounced(long? total)
    {
        if (total is { } bytes && expectedBytes is { } expected && bytes != expected)
            throw new DownloadFailedException($"the server has a file of {bytes} bytes there, and the published one has {expected}", isFinal: true);
        if (total > MostBytes)
            throw new DownloadFailedException($"the server announces {total} bytes, more than any network has", isFinal: true);
    }

    private async Task CopyAsync(Stream body, FileStream file, long? total, Action<long, long?> report, CancellationTokenSource stall)
    {
        total ??= expectedBytes;
        var buffer = new byte[1 << 17];
        report(file.Position, total);
        while (true)
        {
            stall.CancelAfter(settings.Stall);
            var count = await body.ReadAsync(buffer, stall.Token);
            if (count == 0)
                break;
            if (file.Position + count > (total ?? MostBytes))
                throw new DownloadFailedException($"the server sends more than the {total ?? MostBytes} bytes it should", isFinal: true);
            file.Write(buffer, 0, count);
            report(file.Position, total);
        }
        if (file.Position < total)
            throw new DownloadFailedException("the connection broke off");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
