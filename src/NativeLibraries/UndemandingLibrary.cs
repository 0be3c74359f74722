using System.Security.Cryptography;
using System.Text.RegularExpressions;
using StyleLab.Files;

namespace StyleLab.NativeLibraries;

/// <summary>
/// Loads native libraries that ask for a newer version of a system library than this machine has, and use nothing of it: the compiler of
/// their makers was newer, no more. Such a library is loaded from a copy in the user's cache that does not insist. The file itself is never
/// touched, and one that does use the version stays refused.
/// </summary>
internal static partial class UndemandingLibrary
{
    /// <summary>Loads a library, from a copy if need be.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="load">Loads a file.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the reason of its own file, not of the copy.</exception>
    public static nint Load(string path, Func<string, nint> load)
    {
        var versions = new List<string>();
        string file = path;
        while (true)
        {
            try
            {
                return load(file);
            }
            catch (DllNotFoundException refused) when (MissingVersion(refused.Message, file) is { } version && !versions.Contains(version))
            {
                versions.Add(version);
                if (CopyWithout(path, versions) is not { } copy)
                    throw;
                file = copy;
            }
        }
    }

    /// <summary>The version that a library asks for and that is not here, by what the system's loader says; null if that is not the reason.</summary>
    /// <param name="message">Such as <c>version `GLIBCXX_3.4.32' not found (required by …/libLibTorchSharp.so)</c>.</param>
    /// <param name="file">The library. That one of those it needs asks for the version is another matter.</param>
    internal static string? MissingVersion(string message, string file) =>
        Missing().Matches(message).FirstOrDefault(match => Path.GetFileName(match.Groups["by"].Value) == Path.GetFileName(file))?.Groups["version"].Value;

    /// <summary>The file of the copy, written if it is not there; null if the library uses one of the versions or cannot be read, or there is no
    /// place for a copy.</summary>
    /// <param name="path">The library.</param>
    /// <param name="versions">What the copy does not insist on.</param>
    internal static string? CopyWithout(string path, IReadOnlyCollection<string> versions)
    {
        try
        {
            var library = ElfFile.Read(File.ReadAllBytes(path));
            byte[] copy = library.Without(library.Needs.Where(need => versions.Contains(need.Version)));
            string name = $"{Path.GetFileNameWithoutExtension(path)}-{Convert.ToHexStringLower(SHA256.HashData(copy))[..32]}{Path.GetExtension(path)}";
            string file = Path.Combine(Directory.CreateDirectory(CacheFolder).FullName, name);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(copy))
                WholeFile.Write(file, stream => stream.Write(copy));
            return file;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FileException)
        {
            return null;
        }
    }

    /// <summary>Where the copies are. Nothing there is needed: they are made again.</summary>
    internal static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "stylelab", "libraries");

    [GeneratedRegex(@"version [`'](?<version>[^`']+)' not found \(required by (?<by>[^)]+)\)")]
    private static partial Regex Missing();
}
