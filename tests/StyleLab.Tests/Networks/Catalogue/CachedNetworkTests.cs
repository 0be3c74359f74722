using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using StyleLab.Networks;
using StyleLab.Networks.Catalogue;

namespace StyleLab.Tests.Networks.Catalogue;

/// <summary>Fetching over a real connection to a server on this computer, well-behaved and not.</summary>
public sealed class CachedNetworkTests : IDisposable
{
    private const string FileName = "slim-0123.pth";

    private static readonly byte[] _published = OldTorchFile.Of(Architecture.Vgg19Slim);
    private static readonly DownloadSettings _impatient = new(TimeSpan.FromSeconds(1), Tries: 3, TimeSpan.Zero);

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("stylelab-cache-").FullName, "networks");
    private readonly FileServer _server = new(_published);
    private readonly Heard _heard = new();

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public async Task A_network_is_fetched_once_and_its_convolutions_are_kept()
    {
        var file = await Open();

        Assert.Equal("slim", file.Name);
        Assert.Equal("slim", file.Source.Reference);
        Assert.Equal(Preprocessing.Caffe.ToString(), file.Architecture.Input.ToString());
        Assert.Equal($"{Network().Url}, SHA-256 {HashOf(_published)}", file.Source.Published);
        using var expected = WeightsFile.Open(new MemoryStream(_published), "The file");
        foreach (var (layer, number) in Architecture.Vgg19Slim.Convolutions.Select((layer, _) => (layer, Architecture.Vgg19Slim.Layers.ToList().IndexOf(layer))))
        {
            Assert.Equal(expected.Read($"features.{number}.weight").Values, file.Weights[layer.Name].Weight.Values);
            Assert.Equal(expected.Read($"features.{number}.bias").Values, file.Weights[layer.Name].Bias.Values);
        }
        using var kept = WeightsFile.Open(Path.Combine(_folder, "slim.safetensors"));
        Assert.Equal(32, kept.Tensors.Count);
        Assert.Equal(HashOf(_published), kept.Metadata["published.sha256"]);

        await Open();
        Assert.Single(_server.Requests);
        Assert.Equal(["slim.json", "slim.lock", "slim.safetensors"], Files());
    }

    [Fact]
    public async Task The_progress_is_told_stage_by_stage()
    {
        await Open();
        Assert.Equal(["downloading", "checking", "taking out the convolutions", "ready"], _heard.Reports.Select(report => report.Stage).Distinct());
        var last = _heard.Reports.Last(report => report.Stage == "downloading");
        Assert.Equal((_published.Length, _published.Length), (last.Done, last.Total));
        Assert.Equal($"slim · downloading · 5.0 of 5.0 MB · 100 %", last.ToString());
    }

    [Fact]
    public async Task The_same_file_always_becomes_the_same_bytes()
    {
        await Open();
        var first = Converted();
        Directory.Delete(_folder, recursive: true);
        await Open();
        Assert.Equal(first, Converted());
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_followed_by_one_for_the_rest()
    {
        for (var i = 0; i < 7; i++)
            _server.Next.Enqueue(answer => answer.BreaksAfter = 500_000);
        await Open();
        // A busy machine can break one more before it brings anything.
        Assert.Equal([0, 500_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000, 3_500_000], _server.Requests.Select(request => request.From).Distinct());
    }

    [Fact]
    public async Task What_a_failed_download_brought_is_used_the_next_time()
    {
        _server.Next.Enqueue(answer => answer.BreaksAfter = 1_000_000);
        for (var i = 0; i < 2; i++)
            _server.Next.Enqueue(answer => answer.BreaksAfter = 0);
        var error = await Fails();
        Assert.Contains($"slim is not on this computer and could not be fetched from {Network().Url}: the connection broke off "
            + "(1.0 MB of it are here, and the next try goes on from there); try again, or download", error);
        await Open();
        Assert.Equal([0, 1_000_000, 1_000_000, 1_000_000], _server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_download_that_was_complete_but_not_converted_is_not_repeated()
    {
        foreach (var known in new[] { true, false })
        {
            Directory.CreateDirectory(_folder);
            var part = new PartialFile(Path.Combine(_folder, FileName + ".part"));
            using (var stream = part.Create(Network().Url, _server.ETag))
                stream.Write(_published);
            await Open(known ? Network() : Network() with { Bytes = null });
            Assert.Equal(known ? 0 : 1, _server.Requests.Count);
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_connection_that_stalls_is_given_up()
    {
        _server.Next.Enqueue(answer => answer.StallsAfter = 700_000);
        await Open();
        Assert.Equal([0, 700_000], _server.Requests.Select(request => request.From));

        Directory.Delete(_folder, recursive: true);
        for (var i = 0; i < 3; i++)
            _server.Next.Enqueue(answer => answer.StallsAfter = 0);
        Assert.Contains("nothing came for 1 seconds;", await Fails());
    }

    [Fact]
    public async Task Another_length_than_the_published_one_is_refused_before_the_bytes()
    {
        _server.Content = new byte[_published.Length + 1];
        Assert.Contains($"the server has a file of {_published.Length + 1} bytes there, and the published one has {_published.Length}", await Fails());
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_server_that_lies_about_the_length_gets_nowhere()
    {
        // Announces more than it sends.
        var unknown = Network() with { Bytes = null };
        for (var i = 0; i < 10; i++)
            _server.Next.Enqueue(answer =>
            {
                answer.Headers["Content-Length"] = $"{_published.Length * 3L}";
                answer.Headers.Remove("Content-Range");
                answer.Status = "200 OK";
            });
        Assert.Contains("the connection broke off", await Fails(unknown));
        Assert.Equal(3, _server.Requests.Count);
        _server.Next.Clear();
        Directory.Delete(_folder, recursive: true);

        // Announces less: a whole file by HTTP, but not the published one.
        _server.Next.Enqueue(answer => answer.Headers["Content-Length"] = "1000000");
        Assert.Contains("its SHA-256 is", await Fails(unknown));

        // Announces nothing and never ends.
        _server.Next.Enqueue(answer =>
        {
            answer.Headers.Remove("Content-Length");
            answer.Body = new byte[_published.Length + 1000];
        });
        Assert.Contains($"the server sends more than the {_published.Length} bytes it should", await Fails());

        Directory.Delete(_folder, recursive: true);

        _server.Next.Enqueue(answer => answer.Headers["Content-Length"] = $"{5L << 30}");
        Assert.Contains("more than any network has", await Fails(unknown));
    }

    [Fact]
    public async Task Wrong_bytes_are_refused_and_thrown_away()
    {
        _server.Content = [.. _published];
        _server.Content[3_000_000] ^= 1;
        Assert.Equal(
            $"The file at {Network().Url} is not the published {FileName}: its SHA-256 is {HashOf(_server.Content)}, expected {HashOf(_published)}, "
            + $"and it holds bytes that begin with 80028A0A6CFC9C46. It was thrown away; try again later, or download {Network().Url} elsewhere and put the file into the folder {_folder}.",
            await Fails());
        Assert.Equal(["slim.lock"], Files());
        _server.Content = "<!DOCTYPE html><title>Log in</title>"u8.ToArray();
        Assert.Contains("and it holds a web page", await Fails(Network() with { Bytes = null, Sha256 = null, Sha256Start = HashOf(_published)[..8] }));
    }

    [Fact]
    public async Task Redirections_are_followed_but_not_without_end()
    {
        _server.Next.Enqueue(answer => (answer.Status, answer.Headers["Location"]) = ("302 Found", new Uri(_server.Address, "/elsewhere/file").ToString()));
        await Open();
        Assert.Equal(["/" + FileName, "/elsewhere/file"], _server.Requests.Select(request => request.Path));

        Directory.Delete(_folder, recursive: true);
        for (var i = 0; i < 10; i++)
            _server.Next.Enqueue(answer => (answer.Status, answer.Headers["Location"]) = ("302 Found", new Uri(_server.Address, "/again").ToString()));
        Assert.Contains("the server answers 302 Found", await Fails());
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_is_asked_for_all_again()
    {
        _server.Next.Enqueue(answer => answer.BreaksAfter = 2_000_000);
        _server.Next.Enqueue(answer =>
        {
            (answer.Status, answer.Body) = ("200 OK", _published);
            answer.Headers["Content-Length"] = $"{_published.Length}";
            answer.Headers.Remove("Content-Range");
        });
        await Open();

        // And one that answers with another range than it was asked for.
        Directory.Delete(_folder, recursive: true);
        _server.Next.Enqueue(answer => answer.BreaksAfter = 2_000_000);
        _server.Next.Enqueue(answer => answer.Headers["Content-Range"] = $"bytes 7-{_published.Length - 1}/{_published.Length}");
        await Open();
    }

    [Fact]
    public async Task A_file_that_changes_on_the_server_is_never_put_together_from_two()
    {
        // A server that tells versions apart sends all of the new one.
        _server.Content = new byte[_published.Length];
        _server.Next.Enqueue(answer =>
        {
            answer.BreaksAfter = 2_000_000;
            (_server.Content, _server.ETag) = (_published, "\"second\"");
        });
        await Open();
        Assert.Equal([0, 2_000_000], _server.Requests.Select(request => request.From));
        Directory.Delete(_folder, recursive: true);

        // One that does not is found out by the hash, and asked for all.
        (_server.Content, _server.ETag) = (new byte[_published.Length], null);
        foreach (var count in new[] { 2_000_000, 0, 0 })
            _server.Next.Enqueue(answer => answer.BreaksAfter = count);
        await Fails();
        _server.Content = _published;
        await Open();
        Assert.Equal(0, _server.Requests.Last().From);
    }

    [Fact]
    public async Task Errors_of_the_server_are_told_and_only_passing_ones_tried_again()
    {
        _server.Next.Enqueue(answer => answer.Status = "404 Not Found");
        var error = await Fails(Network() with { Note = "The old host is gone." });
        Assert.Contains($"the server answers 404 Not Found; try again, or download {Network().Url} elsewhere and put the file into the folder {_folder}. The old host is gone.", error);
        Assert.Single(_server.Requests);

        _server.Next.Enqueue(answer => answer.Status = "503 Service Unavailable");
        await Open();
    }

    [Fact]
    public async Task Without_a_connection_one_sentence_names_address_and_folder()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var url = new Uri($"http://127.0.0.1:{port}/{FileName}");
        var error = await Fails(Network() with { Url = url });
        Assert.StartsWith($"slim is not on this computer and could not be fetched from {url}: the connection failed (", error);
        Assert.EndsWith($"; try again, or download {url} elsewhere and put the file into the folder {_folder}.", error);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task The_published_file_in_the_folder_is_taken_instead_of_a_download()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(Path.Combine(_folder, FileName), _published);
        var file = await Open();
        Assert.Equal("slim", file.Source.Reference);
        Assert.Empty(_server.Requests);

        Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(Path.Combine(_folder, FileName), "wrong"u8.ToArray());
        var error = await Fails();
        Assert.StartsWith($"{Path.Combine(_folder, FileName)} is not the published {FileName}: its SHA-256 is ", error);
        Assert.EndsWith("and it holds text. Delete it, or put the right file in its place.", error);
    }

    [Fact]
    public async Task A_hash_that_is_not_known_is_remembered_from_the_first_use()
    {
        var unknown = Network() with { Sha256 = null, Bytes = null };
        await Open(unknown);
        File.Delete(Path.Combine(_folder, "slim.safetensors"));
        _server.Content = OldTorchFile.Of(Architecture.Vgg19Slim, seed: 2);
        Assert.Contains($"its SHA-256 is {HashOf(_server.Content)}, and that of the one first used on this computer was {HashOf(_published)}", await Fails(unknown));
        _server.Content = _published;
        await Open(unknown);
    }

    [Fact]
    public async Task A_file_of_another_architecture_or_kind_is_refused()
    {
        Assert.Contains("slim-0123.pth holds a vgg19-slim, but slim is a vgg16.", await Fails(Network() with { ArchitectureName = "vgg16" }));
        Assert.Contains("slim is known, but this version of StyleLab cannot run its architecture", await Fails(Network() with { ArchitectureName = "perceptron" }));
        _server.Content = Encoding.UTF8.GetBytes("no network at all");
        Assert.Contains("holds text; expected a file of weights", await Fails(Network() with { Bytes = null, Sha256 = null }));
        Assert.DoesNotContain(Files(), file => file.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_cache_is_noticed_and_a_fetch_mends_it()
    {
        await Open();
        var path = Path.Combine(_folder, "slim.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);
        var damaged = $"{path} was damaged or changed since slim was fetched; `stylelab networks fetch slim` makes it again.";
        Assert.Equal(damaged, await Fails());
        Assert.Equal(damaged, Assert.Throws<StyleLabException>(() => Cached(Network()).Verify()).Message);
        await Cached(Network()).FetchAsync(_heard, TestContext.Current.CancellationToken);
        Assert.Equal(HashOf(Converted()), Cached(Network()).Verify());

        File.WriteAllBytes(path, bytes[..1000]);
        await Open();
        Assert.Equal(3, _server.Requests.Count);
        File.WriteAllText(Path.Combine(_folder, "slim.json"), "{");
        Assert.Throws<StyleLabException>(() => Cached(Network()).Verify());
        await Open();
    }

    [Fact]
    public async Task Several_at_once_fetch_it_once()
    {
        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open())));
        Assert.Single(_server.Requests);
        Assert.Single(files.Select(file => file.Source.Sha256).Distinct());
    }

    [Fact]
    public async Task A_fetch_that_is_stopped_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        _server.Next.Enqueue(answer => answer.StallsAfter = 1_500_000);
        var patient = new CachedNetwork(Network(), _folder, DownloadSettings.Standard);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.FetchAsync(new StopsAt(1_500_000, stop), stop.Token));
        await Open();
        Assert.Equal(1_500_000, _server.Requests.Last().From);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told()
    {
        File.WriteAllText(_folder, "a file where the folder should be");
        Assert.Matches($"^slim cannot be kept in .*: .* Set STYLELAB_CACHE to a folder with 5.0 MB of room.$", await Fails());
        File.Delete(_folder);
    }

    private PublishedNetwork Network() => new()
    {
        Name = "slim",
        ArchitectureName = "vgg19-slim",
        Url = new(_server.Address, FileName),
        Sha256 = HashOf(_published),
        Bytes = _published.Length,
        Input = Preprocessing.Caffe,
        Licence = "None.",
        Training = "None.",
    };

    private CachedNetwork Cached(PublishedNetwork network) => new(network, _folder, _impatient);

    private Task<NetworkFile> Open(PublishedNetwork? network = null) => Cached(network ?? Network()).OpenAsync(_heard, default);

    private async Task<string> Fails(PublishedNetwork? network = null) =>
        (await Assert.ThrowsAsync<StyleLabException>(() => Open(network))).Message;

    private byte[] Converted() => File.ReadAllBytes(Path.Combine(_folder, "slim.safetensors"));

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Heard : IProgress<FetchProgress>
    {
        public ConcurrentQueue<FetchProgress> Reports { get; } = [];

        public void Report(FetchProgress progress) => Reports.Enqueue(progress);
    }

    private sealed class StopsAt(long bytes, CancellationTokenSource stop) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress progress)
        {
            if (progress.Done >= bytes)
                stop.Cancel();
        }
    }
}
