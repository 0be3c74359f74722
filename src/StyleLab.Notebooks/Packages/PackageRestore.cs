using System.Security.Cryptography;
using System.Text;

namespace StyleLab.Notebooks.Packages;

/// <summary>
/// Fetches packages with the SDK: a generated project is restored, so that sources, credentials and the choice of
/// versions are those of every other .NET project on the machine. The project stays in a folder named after what was
/// asked for, and the same request is answered from there.
/// </summary>
internal static class PackageRestore
{
    // A restore that takes longer may wait for a source that never answers.
    private static readonly TimeSpan BeforeAsking = TimeSpan.FromSeconds(4);

    private static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "stylelab", "packages");

    /// <param name="project">What is to be restored.</param>
    /// <param name="warn">Gets what the user should know.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="NotebookException">A package cannot be had.</exception>
    public static async Task<ResolvedFiles> RunAsync(RestoreProject project, Action<string> warn, CancellationToken cancellation)
    {
        var requests = project.Requests;
        string xml = project.ToXml();
        string home = Path.Combine(CacheFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(xml)))[..16]);
        string assets = Path.Combine(home, "assets.json");
        if (!requests.Any(request => request.IsFloating) && AssetsFile.Read(assets, RestoreProject.RuntimeIdentifier) is { } known)
            return known;

        Directory.CreateDirectory(home);
        TextFile.Write(Path.Combine(home, "packages.csproj"), xml);
        var (exitCode, text, withoutSilent) = await TryAsync(project, home, cancellation).ConfigureAwait(false);
        if (withoutSilent != null)
        {
            withoutSilent.SilentSources.Select(RestoreWarnings.NoAnswer).ToList().ForEach(warn);
            return await RunAsync(withoutSilent, warn, cancellation).ConfigureAwait(false);
        }

        if (exitCode != 0 && !project.AllowsLower && text.Contains(RestoreWarnings.LowerVersion, StringComparison.Ordinal))
        {
            var files = await RunAsync(project with { AllowsLower = true }, warn, cancellation).ConfigureAwait(false);
            RestoreWarnings.In(text).ToList().ForEach(warn);
            return files;
        }

        // A restore that fails leaves its file too; only a complete one is kept.
        if (exitCode == 0)
            File.Move(Path.Combine(home, "obj", "project.assets.json"), assets, overwrite: true);

        // Without a network, the version that was the latest last time is better than none.
        bool isOffline = RestoreWarnings.SilentSources(text).Any() || text.Contains("NU1301", StringComparison.Ordinal) || project.OnlySources != null;
        if ((exitCode == 0 || isOffline) && AssetsFile.Read(assets, RestoreProject.RuntimeIdentifier) is { } restored)
        {
            RestoreWarnings.In(text).ToList().ForEach(warn);
            return restored;
        }

        if (isOffline && await LocalPackages.InsteadAsync(requests, project.Folder, cancellation).ConfigureAwait(false) is { } local)
            return await RunAsync(project with { Requests = local }, warn, cancellation).ConfigureAwait(false);
        throw new NotebookException(Explain(project, text));
    }

    /// <returns>What the restore said; or, if it was given up because a source does not answer, the same project without that
    /// source.</returns>
    private static async Task<(int ExitCode, string Text, RestoreProject? WithoutSilent)> TryAsync(
        RestoreProject project, string home, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var restore = Sdk.RunAsync(home, ["restore", "packages.csproj", "--nologo", "-v:q"], stop.Token);
        if (project.OnlySources == null && await Task.WhenAny(restore, Task.Delay(BeforeAsking, cancellation)).ConfigureAwait(false) != restore)
        {
            var configured = await PackageSources.ConfiguredAsync(project.Folder, cancellation).ConfigureAwait(false);
            string[] sources = [.. project.Sources, .. configured];
            var asked = PackageSources.SilentAsync(sources, cancellation);
            if (await Task.WhenAny(restore, asked).ConfigureAwait(false) != restore && await asked.ConfigureAwait(false) is { Count: > 0 } silent)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await ((Task)restore).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return (0, "", project with { OnlySources = [.. sources.Except(silent)], SilentSources = silent });
            }
        }

        var (exitCode, text) = await restore.ConfigureAwait(false);
        return (exitCode, text, null);
    }

    private static string Explain(RestoreProject project, string text)
    {
        var requests = project.Requests;
        string names = string.Join(", ", requests.Select(request => request.Name));
        string error = Sdk.FirstError(text);
        var meant = requests.Where(request => error.Contains(request.Name, StringComparison.OrdinalIgnoreCase)).MaxBy(request => request.Name.Length);
        string name = meant?.Name ?? names;
        if (project.SilentSources.Concat(RestoreWarnings.SilentSources(text)).FirstOrDefault() is { } silent)
            return $"The package {name} cannot be fetched. {RestoreWarnings.NoAnswer(silent)}";
        if (error.StartsWith("NU1100", StringComparison.Ordinal) || error.StartsWith("NU1101", StringComparison.Ordinal))
            return $"There is no package {name} in the package sources; check the name, or add a source with #i \"nuget: address\".";
        if (error.StartsWith("NU1102", StringComparison.Ordinal) || error.StartsWith("NU1103", StringComparison.Ordinal))
            return $"The package {name} has no version {meant?.Version ?? "like that"}; leave the version out for the latest.";
        if (error.StartsWith("NU1301", StringComparison.Ordinal))
            return $"The package {name} cannot be fetched, because a package source does not answer: {error}.";
        return $"The package {name} cannot be restored: {error}.";
    }
}
