using StyleLab.LibTorch;
using StyleLab.NativeLibraries;

namespace StyleLab.TorchSharp.Tests.Native;

public sealed class UndemandingLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("libA.so", "GLIBCXX_3.4.32")]
    // One that it needs asks for the version: nothing of its own file would help.
    [InlineData("libB.so", null)]
    public void TheSystemSaysWhichVersionIsMissing(string file, string? version)
    {
        const string Message = "Unable to load shared library.\n/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /packages/libA.so)\n/x/libA: cannot open";
        Assert.Equal(version, UndemandingLibrary.MissingVersion(Message, "/packages/" + file));
        Assert.Null(UndemandingLibrary.MissingVersion("libtorch.so: cannot open shared object file: No such file or directory", file));
    }

    [Fact]
    public void ALibraryThatIsRefusedForAVersionItDoesNotUseIsLoadedFromACopy()
    {
        string file = Written(ElfBytes.Make(bound: [1], called: []));
        var tried = new List<string>();
        nint handle = UndemandingLibrary.Load(file, path => Refused(path, tried, path == file));
        Assert.Equal(5, handle);
        Assert.Equal([file, tried[^1]], tried);
        Assert.StartsWith(UndemandingLibrary.CacheFolder, tried[^1]);
        Assert.Equal([false, true], ElfFile.Read(File.ReadAllBytes(tried[^1])).Needs.Select(need => need.IsWeak));
        // The next time it is there; what is damaged is written again.
        File.WriteAllText(tried[^1], "damaged");
        Assert.Equal(tried[^1], UndemandingLibrary.CopyWithout(file, [ElfBytes.Unused]));
        Assert.Equal(2, ElfFile.Read(File.ReadAllBytes(tried[^1])).Needs.Count);
        File.Delete(tried[^1]);
    }

    [Fact]
    public void OneThatUsesItStaysRefused()
    {
        string file = Written(ElfBytes.Make(bound: [2], called: []));
        var tried = new List<string>();
        var error = Assert.Throws<DllNotFoundException>(() => UndemandingLibrary.Load(file, path => Refused(path, tried, true)));
        Assert.Contains(ElfBytes.Unused, error.Message);
        Assert.Equal([file], tried);
    }

    [Fact]
    public void AnotherReasonIsLeftAsItIs()
    {
        string file = Written("no library"u8.ToArray());
        Assert.Throws<DllNotFoundException>(() => UndemandingLibrary.Load(file, _ => throw new DllNotFoundException("libtorch.so: cannot open")));
        Assert.Throws<DllNotFoundException>(() => UndemandingLibrary.Load(file, path => Refused(path, [], true)));
    }

    [Fact]
    public void OfTorchSharpOneVersionIsAskedForInVain()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a file of Linux");
        string glue = LibtorchFolders.Find("LibTorchSharp") ?? throw new FileNotFoundException("libLibTorchSharp.so");
        byte[] before = File.ReadAllBytes(glue);
        var library = ElfFile.Read(before);
        Assert.Equal(28, library.Needs.Count);
        Assert.Equal(["GLIBCXX_3.4.32"], library.Needs.Where(need => !library.Uses(need)).Select(need => need.Version));
        string copy = UndemandingLibrary.CopyWithout(glue, ["GLIBCXX_3.4.32"])!;
        Assert.Equal(before, File.ReadAllBytes(glue));
        byte[] bytes = File.ReadAllBytes(copy);
        Assert.Single(Enumerable.Range(0, before.Length), i => bytes[i] != before[i]);
    }

    private string Written(byte[] content)
    {
        string path = Path.Combine(_folder.FullName, "libA.so");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static nint Refused(string path, List<string> tried, bool isRefused)
    {
        tried.Add(path);
        return isRefused ? throw new DllNotFoundException($"/lib/libstdc++.so.6: version `{ElfBytes.Unused}' not found (required by {path})") : 5;
    }
}
