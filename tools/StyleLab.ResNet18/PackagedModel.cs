using System.Diagnostics;

namespace StyleLab.Tools.ResNet18;

/// <summary>The model in Microsoft's package, which the SDK fetches as it fetches any other.</summary>
internal static class PackagedModel
{
    public const string Package = "Microsoft.ML.DnnImageFeaturizer.ResNet18", Version = "0.23.1", Name = "ResNet18.onnx";

    /// <summary>Its path.</summary>
    public static string Fetch()
    {
        var folder = Directory.CreateTempSubdirectory("stylelab-resnet18-package-");
        try
        {
            string project = Path.Combine(folder.FullName, "package.csproj"), packages = Path.Combine(Path.GetTempPath(), "stylelab-resnet18-packages");
            File.WriteAllText(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net{Environment.Version.Major}.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageDownload Include="{Package}" Version="[{Version}]" /></ItemGroup>
                </Project>
                """);
            using var restore = Process.Start("dotnet", ["restore", project, "--packages", packages])!;
            restore.WaitForExit();
            return restore.ExitCode == 0
                ? Directory.GetFiles(packages, Name, SearchOption.AllDirectories).Single()
                : throw new InvalidOperationException($"The package {Package} {Version} could not be fetched; give the path of its {Name}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
