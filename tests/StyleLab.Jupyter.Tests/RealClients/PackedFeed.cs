using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The library as packages in a folder, under a version that no other test has.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-feed-");

    public PackedFeed()
    {
        Directory.CreateDirectory(Source);
        var missing = new Queue<string>(["StyleLab"]);
        while (missing.TryDequeue(out string? name))
        {
            if (File.Exists(FileOf(name)))
                continue;
            Run("dotnet", "pack", Path.Combine(Repository.Folder, "src", name), "-c", Repository.Configuration, "--no-build", "-o", Source, $"-p:PackageVersion={Version}");
            foreach (var needed in Nuspec(name).Descendants().Where(element => element.Name.LocalName == "dependency"))
            {
                if ((string)needed.Attribute("id")! is var id && id.StartsWith("StyleLab", StringComparison.Ordinal))
                    missing.Enqueue(id);
            }
        }
    }

    /// <summary>The folder of packages.</summary>
    public string Source => Path.Combine(_folder.FullName, "feed");

    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():N}";

    /// <summary>What keeps NuGet from filling the user's own folder with versions of an hour.</summary>
    public (string, string) Installed => ("NUGET_PACKAGES", Path.Combine(_folder.FullName, "installed"));

    /// <summary>Somewhere to write to.</summary>
    public string Folder => _folder.FullName;

    public string FileOf(string name) => Path.Combine(Source, $"{name}.{Version}.nupkg");

    public XDocument Nuspec(string name)
    {
        using var package = ZipFile.OpenRead(FileOf(name));
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static void Run(string program, params string[] arguments)
    {
        var call = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Set for the test itself by the SDK that runs it.
        foreach (string name in call.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            call.Environment.Remove(name);
        using var process = Process.Start(call)!;
        var errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{text}");
    }
}
