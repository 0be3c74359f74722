using StyleLab.Pictures;

namespace StyleLab.Networks.Catalogue;

/// <summary>
/// A published network in a folder on this computer: <c>NAME.safetensors</c> with its convolutions, <c>NAME.json</c> about
/// them, and while it is fetched <c>NAME.lock</c> and the published file with <c>.part</c> behind its name.
/// </summary>
internal sealed class CachedNetwork(PublishedNetwork network, string folder, DownloadSettings settings)
{
    private readonly string _converted = Path.Combine(folder, network.Name + ".safetensors");
    private readonly string _record = Path.Combine(folder, network.Name + ".json");
    private readonly string _lock = Path.Combine(folder, network.Name + ".lock");

    // Where a user without a network connection may put the published file.
    private readonly string _published = Path.Combine(folder, network.FileName);

    public CachedNetwork(PublishedNetwork network) : this(network, CacheFolder.Networks, DownloadSettings.Standard)
    {
    }

    /// <summary>Whether it is there. That it is undamaged shows when it is read.</summary>
    public bool IsComplete => CacheRecord.Read(_record) is { } record && File.Exists(_converted) && new FileInfo(_converted).Length == record.Bytes;

    /// <summary>Reads the network; fetches it first if it is not there.</summary>
    /// <exception cref="StyleLabException">It cannot be had, or is damaged.</exception>
    public async Task<NetworkFile> OpenAsync(IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        await EnsureAsync(progress, cancellation);
        var file = NetworkFile.Open(_converted);
        var record = CacheRecord.Read(_record);
        if (file.Source.Sha256 != record?.Sha256)
            throw Damaged();
        return file with
        {
            Name = network.Name,
            Source = file.Source with
            {
                Licence = network.Licence,
                Training = network.Training,
                Reference = network.Name,
                Published = $"{record.Url}, SHA-256 {record.PublishedSha256}",
            },
        };
    }

    /// <summary>Fetches the network unless it is there and undamaged, and says where it is.</summary>
    public async Task<string> FetchAsync(IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        if (IsComplete && HashOf(_converted, (_, _) => { }, cancellation) != CacheRecord.Read(_record)?.Sha256)
            File.Delete(_converted);
        await EnsureAsync(progress, cancellation);
        return _converted;
    }

    /// <summary>Compares the file with what was written, and gives its hash.</summary>
    public string Verify()
    {
        if (!IsComplete)
            throw new StyleLabException($"{network.Name} is not on this computer; `stylelab networks fetch {network.Name}` brings it.");
        var sha256 = HashOf(_converted, (_, _) => { }, CancellationToken.None);
        return sha256 == CacheRecord.Read(_record)?.Sha256 ? sha256 : throw Damaged();
    }

    /// <summary>Takes a published file from anywhere into the cache.</summary>
    public static async Task<PublishedNetwork> ImportAsync(string path, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new StyleLabException($"There is no file {Quoted.Text(path)}; looked for {Path.GetFullPath(path)}.");
        var name = Path.GetFileName(path);
        var sha256 = await Task.Run(() => HashOf(path, (done, total) => progress?.Report(new(name, "checking", done, total)), cancellation), cancellation);
        var network = NetworkCatalogue.All.FirstOrDefault(known => known.IsFile(path, sha256)) ?? throw new StyleLabException(
            $"{Quoted.Text(name)} is the published file of none of the known networks ({string.Join(", ", NetworkCatalogue.All.Select(known => known.Name))}); "
            + "a file of your own can be named by its path wherever a network is asked for.");
        var cached = new CachedNetwork(network);
        await cached.LockedAsync(progress, cancellation, () => Task.Run(() => cached.Accept(path, sha256, progress), cancellation));
        return network;
    }

    private async Task EnsureAsync(IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        if (network.Architecture is null)
            throw new StyleLabException(
                $"{network.Name} is known, but this version of StyleLab cannot run its architecture; it runs {string.Join(", ", Architecture.Known)}.");
        if (IsComplete)
            return;
        await LockedAsync(progress, cancellation, async () =>
        {
            // Another process may have been faster.
            if (IsComplete)
                return;
            if (File.Exists(_published))
                await Task.Run(() => Accept(_published, Hash(_published, progress, cancellation), progress), cancellation);
            else
                await DownloadAsync(progress, cancellation);
        });
    }

    private async Task LockedAsync(IProgress<FetchProgress>? progress, CancellationToken cancellation, Func<Task> work)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var held = await CacheLock.TakeAsync(
                _lock, () => progress?.Report(new(network.Name, "waiting for another process that fetches it")), cancellation);
            await work();
            progress?.Report(new(network.Name, "ready") { IsDone = true });
        }
        catch (Exception error) when (WriteError.Is(error))
        {
            throw new StyleLabException(
                $"{network.Name} cannot be kept in {folder}: {WriteError.Reason(error, folder)} Set {CacheFolder.Variable} to a folder with {ByteText.Of(network.Bytes ?? 600_000_000)} of room.", error);
        }
    }

    private async Task DownloadAsync(IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var address = DownloadSettings.AddressOf(network);
        var part = new PartialFile(_published + ".part");
        var download = new Download(address, network.Bytes, part, settings);
        while (true)
        {
            bool resumed;
            try
            {
                resumed = await download.RunAsync((done, total) => progress?.Report(new(network.Name, "downloading", done, total)), cancellation);
            }
            catch (DownloadFailedException error)
            {
                throw Unreachable(address, part, error);
            }
            var sha256 = await Task.Run(() => Hash(part.Path, progress, cancellation), cancellation);
            var wrong = WhatIsWrong(part.Path, sha256);
            if (wrong is null)
                await Task.Run(() => Accept(part.Path, sha256, progress), cancellation);
            part.Delete();
            if (wrong is null)
                return;
            // A beginning from another time may not belong to this end; all of it from one time has a second chance.
            if (!resumed)
                throw new StyleLabException($"The file at {address} is not the published {network.FileName}: {wrong}. It was thrown away; try again later, or {Elsewhere()}.");
        }
    }

    /// <summary>Checks a published file and writes its convolutions into the cache.</summary>
    private void Accept(string path, string sha256, IProgress<FetchProgress>? progress)
    {
        if (WhatIsWrong(path, sha256) is { } wrong)
            throw new StyleLabException($"{path} is not the published {network.FileName}: {wrong}. Delete it, or put the right file in its place.");
        progress?.Report(new(network.Name, "taking out the convolutions"));
        CacheRecord? record = null;
        WholeFile.Write(_converted, file =>
        {
            Conversion.Write(path, file, network, sha256);
            file.Position = 0;
            record = new(network.Url.ToString(), sha256, file.Length, FileHash.Of(file, (_, _) => { }, CancellationToken.None));
        });
        record!.Write(_record);
    }

    /// <summary>What is wrong with a file that should be the published one, as half a sentence; null if nothing is.</summary>
    private string? WhatIsWrong(string path, string sha256)
    {
        if (CacheRecord.Read(_record) is { } earlier && network.Sha256 is null && earlier.PublishedSha256 != sha256)
            return $"its SHA-256 is {sha256}, and that of the one first used on this computer was {earlier.PublishedSha256}";
        if (network.Allows(sha256))
            return null;
        using var stream = File.OpenRead(path);
        var start = new byte[FileContent.StartLength];
        var content = FileContent.Recognize(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        return $"its SHA-256 is {sha256}, expected {network.Sha256 ?? network.Sha256Start + "…"}, and it holds {content}";
    }

    private StyleLabException Unreachable(Uri address, PartialFile part, DownloadFailedException error)
    {
        var kept = part.Length > 0 ? $" ({ByteText.Of(part.Length)} of it are here, and the next try goes on from there)" : "";
        var note = network.Note is { } text ? " " + text : "";
        return new($"{network.Name} is not on this computer and could not be fetched from {address}: {error.Message}{kept}; try again, or {Elsewhere()}.{note}", error);
    }

    private string Elsewhere() => $"download {network.Url} elsewhere and put the file into the folder {folder}";

    private StyleLabException Damaged() =>
        new($"{_converted} was damaged or changed since {network.Name} was fetched; `stylelab networks fetch {network.Name}` makes it again.");

    private string Hash(string path, IProgress<FetchProgress>? progress, CancellationToken cancellation) =>
        HashOf(path, (done, total) => progress?.Report(new(network.Name, "checking", done, total)), cancellation);

    private static string HashOf(string path, Action<long, long> report, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        return FileHash.Of(stream, report, cancellation);
    }
}
