using System.Runtime.CompilerServices;

namespace StyleLab.Notebooks.Tests;

/// <summary>A test that restores packages. Set STYLELAB_TESTS_OFFLINE=1 to leave these out where there is no
/// network.</summary>
public sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (Environment.GetEnvironmentVariable("STYLELAB_TESTS_OFFLINE") == "1")
            Skip = "STYLELAB_TESTS_OFFLINE is set.";
    }
}
