using System.Runtime.InteropServices;
using System.Security;
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
    private static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "stylelab", "packages");

    /// <param name="requests">All packages of the session, so that their versions fit together.</param>
    /// <param name="sources">Places to look in besides the configured ones.</param>
    /// <param name="folder">The notebook's folder; a NuGet.config there or above it holds.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="NotebookException">A package cannot be had.</exception>
    public static async Task<ResolvedFiles> RunAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, string folder, CancellationToken cancellation)
    {
        string project = Project(requests, sources, folder);
        string home = Path.Combine(CacheFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        string assets = Path.Combine(home, "assets.json");
        if (!requests.Any(request => request.IsFloating) && AssetsFile.Read(assets, RuntimeIdentifier) is { } known)
            return known;

        Directory.CreateDirectory(home);
        TextFile.Write(Path.Combine(home, "packages.csproj"), project);
        var (exitCode, text) = await Sdk.RunAsync(home, ["restore", "packages.csproj", "--nologo", "-v:q"], cancellation).ConfigureAwait(false);

        // A restore that fails leaves its file too; only a complete one is kept.
        if (exitCode == 0)
            File.Move(Path.Combine(home, "obj", "project.assets.json"), assets, overwrite: true);

        // Without a network, the version that was the latest last time is better than none.
        bool isOffline = text.Contains("NU1301", StringComparison.Ordinal);
        if ((exitCode == 0 || isOffline) && AssetsFile.Read(assets, RuntimeIdentifier) is { } files)
            return files;
        throw new NotebookException(Explain(requests, text));
    }

    private static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static string Project(IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, string folder)
    {
        var references = requests.Select(request =>
            $"""    <PackageReference Include="{Escape(request.Name)}" Version="{Escape(request.Version ?? "*")}" />""");
        return $"""
            <Project>
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
                <RuntimeIdentifiers>{RuntimeIdentifier}</RuntimeIdentifiers>
                {ConfigFolder(folder)}
                <RestoreAdditionalProjectSources>{Escape(string.Join(';', sources))}</RestoreAdditionalProjectSources>
                <RestoreIgnoreFailedSources>false</RestoreIgnoreFailedSources>
                <NuGetAudit>false</NuGetAudit>
                <EnableRuntimePackDownload>false</EnableRuntimePackDownload>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
    }

    // Left out where there is none, so that notebooks everywhere share what was restored.
    private static string ConfigFolder(string folder)
    {
        for (var place = new DirectoryInfo(folder); place != null; place = place.Parent)
        {
            if (place.Exists && place.EnumerateFiles().Any(file => file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)))
                return $"<RestoreRootConfigDirectory>{Escape(place.FullName)}</RestoreRootConfigDirectory>";
        }

        return "";
    }

    private static string Explain(IReadOnlyList<PackageRequest> requests, string text)
    {
        string names = string.Join(", ", requests.Select(request => request.Name));
        string error = Sdk.FirstError(text);
        var meant = requests.Where(request => error.Contains(request.Name, StringComparison.OrdinalIgnoreCase)).MaxBy(request => request.Name.Length);
        string name = meant?.Name ?? names;
        if (error.StartsWith("NU1100", StringComparison.Ordinal) || error.StartsWith("NU1101", StringComparison.Ordinal))
            return $"There is no package {name} in the package sources; check the name, or add a source with #i \"nuget: address\".";
        if (error.StartsWith("NU1102", StringComparison.Ordinal) || error.StartsWith("NU1103", StringComparison.Ordinal))
            return $"The package {name} has no version {meant?.Version ?? "like that"}; leave the version out for the latest.";
        if (error.StartsWith("NU1301", StringComparison.Ordinal))
            return $"The package {name} cannot be fetched, because a package source does not answer: {error}.";
        return $"The package {name} cannot be restored: {error}.";
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
