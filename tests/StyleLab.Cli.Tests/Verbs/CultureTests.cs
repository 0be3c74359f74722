using System.Globalization;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Verbs;

/// <summary>Cells may ask for any culture, with ICU and without; what is not asked for is written as everywhere.</summary>
public sealed class CultureTests : IDisposable
{
    private const string Cell =
        """
        using System.Globalization;
        string With(string name) => 1234.5.ToString("N1", new CultureInfo(name));
        Console.WriteLine($"{With("de-DE")} {With("hi-IN")} {With("")} | {1.5} {CultureInfo.CurrentCulture.Name}");
        Console.WriteLine(new DateTime(2026, 3, 1).ToString("MMMM", new CultureInfo("fr-FR")));
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        new[] { 1.5 }
        """;

    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Cultures_of_all_countries_are_there_where_the_system_has_them()
    {
        string output = await RunAsync(("LANG", "de_DE.UTF-8"));
        bool hasIcu = output.Contains("1.234,5", StringComparison.Ordinal);
        Assert.Contains(hasIcu ? "1.234,5 1,234.5 1,234.5 | 1.5 " : "1,234.5 1,234.5 1,234.5 | 1.5 ", output);
        Assert.Contains(hasIcu ? "mars" : "March", output);
        Assert.Contains("1.5", output.Split('|')[^1]);
        if (OperatingSystem.IsLinux() && Directory.Exists("/usr/lib/x86_64-linux-gnu"))
            Assert.Equal(Directory.GetFiles("/usr/lib/x86_64-linux-gnu", "libicuuc.so.*").Length > 0, hasIcu);
    }

    [Fact]
    public async Task Without_them_cells_run_all_the_same()
    {
        string output = await RunAsync(("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"), ("LANG", "de_DE.UTF-8"));
        Assert.Contains("1,234.5 1,234.5 1,234.5 | 1.5 ", output);
        Assert.Contains("March", output);
    }

    private async Task<string> RunAsync(params (string, string)[] environment)
    {
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Code, Cell);
        notebook.Save(_stylelab.At("cultures.ipynb"));
        (await _stylelab.RunAsync("run cultures.ipynb", environment)).Succeeds();
        return Notebook.Load(_stylelab.At("out/cultures.ipynb")).Cells[0].Outputs.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
