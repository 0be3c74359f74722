namespace StyleLab.Notebooks.Packages;

/// <summary>The packages that are unpacked on this machine, for when no source answers.</summary>
internal static class LocalPackages
{
    private const string Kind = "global-packages";

    /// <summary>The requests, with the latest version that is here where the latest of all was asked for; null if that changes
    /// nothing.</summary>
    public static async Task<IReadOnlyList<PackageRequest>?> InsteadAsync(
        IReadOnlyList<PackageRequest> requests, string folder, CancellationToken cancellation)
    {
        if (requests.All(request => request.Version != null))
            return null;
        var (_, text) = await Sdk.RunAsync(folder, ["nuget", "locals", Kind, "--list"], cancellation).ConfigureAwait(false);
        string packages = text[(text.IndexOf(Kind + ":", StringComparison.Ordinal) + Kind.Length + 1)..].Trim();
        var local = requests.Select(request => request.Version == null ? request with { Version = Latest(packages, request.Name) } : request).ToList();
        return local.SequenceEqual(requests) ? null : local;
    }

    private static string? Latest(string packages, string name)
    {
        string folder = Path.Combine(packages, name.ToLowerInvariant());
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(Path.GetFileName)
                .Select(version => Version.TryParse(version, out var parsed) ? parsed : null).Max()?.ToString()
            : null;
    }
}
