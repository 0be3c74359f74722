using System.Runtime.InteropServices;
using System.Security;

namespace StyleLab.Notebooks.Packages;

/// <summary>The project that is restored to fetch packages.</summary>
/// <param name="Requests">All packages of the session, so that their versions fit together.</param>
/// <param name="Sources">Places to look in besides the configured ones.</param>
/// <param name="Folder">The notebook's folder; a NuGet.config there or above it holds.</param>
internal sealed record RestoreProject(IReadOnlyList<PackageRequest> Requests, IReadOnlyList<string> Sources, string Folder)
{
    /// <summary>The only places to look in; the configured ones and <see cref="Sources"/> if null.</summary>
    public IReadOnlyList<string>? OnlySources { get; init; }

    /// <summary>Whether a package may be there in a lower version than another one needs.</summary>
    public bool AllowsLower { get; init; }

    /// <summary>Sources that did not answer.</summary>
    public IReadOnlyList<string> SilentSources { get; init; } = [];

    /// <summary>The kind of machine this is, as NuGet calls it.</summary>
    public static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The project file. A source that refuses is a warning.</summary>
    public string ToXml()
    {
        var references = Requests.Select(request =>
            $"""    <PackageReference Include="{Escape(request.Name)}" Version="{Escape(request.Version ?? "*")}" />""");
        string only = OnlySources == null ? "" : $"<RestoreSources>{Escape(string.Join(';', OnlySources))}</RestoreSources>";
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
                {ConfigFolder()}
                {only}
                <RestoreAdditionalProjectSources>{Escape(string.Join(';', OnlySources == null ? Sources : []))}</RestoreAdditionalProjectSources>
                <RestoreIgnoreFailedSources>true</RestoreIgnoreFailedSources>
                <NuGetAudit>false</NuGetAudit>
                <EnableRuntimePackDownload>false</EnableRuntimePackDownload>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <NoWarn>$(NoWarn);{(AllowsLower ? RestoreWarnings.LowerVersion : "")}</NoWarn>
              </PropertyGroup>
            </Project>
            """;
    }

    // Left out where there is none, so that notebooks everywhere share what was restored.
    private string ConfigFolder()
    {
        for (var place = new DirectoryInfo(Folder); place != null; place = place.Parent)
        {
            if (place.Exists && place.EnumerateFiles().Any(file => file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)))
                return $"<RestoreRootConfigDirectory>{Escape(place.FullName)}</RestoreRootConfigDirectory>";
        }

        return "";
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
