namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>The files both sides read and write: weights and pictures, made once, gone at the end.</summary>
internal sealed class SharedFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-versus-pytorch-");

    /// <summary>The checkout this program was built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The weights of "vgg19" or "vgg19-slim".</summary>
    public string Network(string name) => name == "vgg19-slim"
        ? Path.Combine(Repository, "data", "networks", "vgg19-slim.safetensors")
        : MadeOnce("vgg19.safetensors", RandomVgg19.Write);

    /// <summary>The pictures of a transfer of the given size.</summary>
    public string Pictures(int size) => MadeOnce($"pictures-{size}.safetensors",
        TransferPictures.OfSize(size, Path.Combine(Repository, "data", "pictures")).Write);

    /// <summary>A file to be written by a side.</summary>
    public string Scratch(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private string MadeOnce(string name, Action<string> make)
    {
        string path = Scratch(name);
        if (!File.Exists(path))
            make(path);
        return path;
    }

    private static string FindRepository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new StyleLabException($"No StyleLab.sln above {AppContext.BaseDirectory}; run the benchmarks from a checkout.");
        return folder;
    }
}
