namespace StyleLab.Networks.Catalogue;

/// <summary>Finds the weights that a name or a path leads to.</summary>
internal static class NetworkResolver
{
    /// <summary>A published network from the cache, fetched if need be, or a file of the user's.</summary>
    /// <param name="nameOrPath">A name of the catalogue, which goes first, or a path.</param>
    /// <param name="progress">Hears how far a fetch is; a notebook is shown it if this is null.</param>
    /// <exception cref="StyleLabException">There is no such network, or it cannot be read or fetched.</exception>
    public static NetworkFile Open(string nameOrPath, IProgress<FetchProgress>? progress)
    {
        if (NetworkCatalogue.Find(nameOrPath) is { } network)
            return OpenPublished(new(network), network.Name, progress);
        var file = NetworkFile.Open(nameOrPath);
        return NetworkCatalogue.All.FirstOrDefault(known => known.IsFile(nameOrPath, file.Source.Sha256)) is not { } published ? file : file with
        {
            // Only the catalogue knows how such a file wants its pictures.
            Architecture = file.Architecture with { Input = published.Input },
            Source = file.Source with
            {
                Licence = published.Licence,
                Training = published.Training,
                Published = published.Url.ToString(),
            },
        };
    }

    private static NetworkFile OpenPublished(CachedNetwork cached, string name, IProgress<FetchProgress>? progress)
    {
        using var display = new FetchDisplay();
        if (progress is null && !cached.IsComplete)
            display.Show();
        try
        {
            // On another thread, because a cell's own would wait for itself.
            return Task.Run(() => cached.OpenAsync(progress ?? display, display.Cancelled)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException error)
        {
            throw new StyleLabException($"Fetching {name} was stopped; what is here is kept, and the next time goes on from there.", error);
        }
        finally
        {
            // A cell that is stopped leaves by another exception, and nobody waits any more.
            display.Cancel();
        }
    }
}
