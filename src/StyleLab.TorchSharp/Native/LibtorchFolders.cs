using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>Where native libraries of torch may lie.</summary>
internal static class LibtorchFolders
{
    /// <summary>The environment variable that names the folder of a libtorch, such as that of a Python installation.</summary>
    public const string Variable = "STYLELAB_LIBTORCH";

    /// <summary>TorchSharp's own native library, between it and libtorch.</summary>
    public const string Glue = "LibTorchSharp";

    /// <summary>The package that holds libtorch for the CPU of this machine.</summary>
    public static string Package => $"libtorch-cpu-{Platform}";

    /// <summary>The version of libtorch that this TorchSharp was made for, such as 2.10.0. Asked of the class itself, it would look for the library first.</summary>
    public static string Version { get; } = System.Version.TryParse(
        typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string, out var version)
        ? version.ToString(3) : "2.10.0";

    /// <summary>The folder that somebody chose for libtorch; null if nobody did.</summary>
    public static string? Chosen => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    private static IEnumerable<string> All()
    {
        string native = Path.Combine("runtimes", Platform, "native");
        string here = Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        IEnumerable<string?> folders =
        [
            Chosen,
            .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator),
            here,
            Path.Combine(here, native),
            // As a package is unpacked: lib/net8.0 beside runtimes.
            Path.Combine(here, "..", "..", native),
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, native),
            Path.Combine(Packages, Package, Version, native),
            Path.Combine(Packages, "torchsharp", TorchSharpVersion, native),
        ];
        return folders.OfType<string>().Where(Directory.Exists);
    }

    /// <summary>A file of a library in the first folder that has it, or null. If a folder was chosen, libtorch is there or nowhere.</summary>
    /// <param name="library">Its name without what the system puts around it, such as <c>torch_cpu</c>.</param>
    public static string? Find(string library) => (library != Glue && Chosen is { } folder ? [folder] : All())
        .Select(folder => Path.Combine(folder, FileOf(library))).FirstOrDefault(File.Exists);

    /// <summary>What a library's file is called on this system.</summary>
    public static string FileOf(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string Platform
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static string TorchSharpVersion { get; } = typeof(torch).Assembly.GetName().Version!.ToString(3);

    // Where `#r "nuget: …"` and every restore leave what they fetch.
    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
