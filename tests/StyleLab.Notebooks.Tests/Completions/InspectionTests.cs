namespace StyleLab.Notebooks.Tests;

public sealed class InspectionTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Twi|ce(3)")]
    [InlineData("Twice|(3)")]
    [InlineData("Twice(|")]
    public async Task A_name_its_end_and_the_arguments_of_a_call_tell_what_is_called(string code)
    {
        await _session.ValueAsync("/// <summary>Doubles <paramref name=\"n\"/>.</summary>\n/// <param name=\"n\">Any number.</param>\nint Twice(int n) => 2 * n;\nvar other = 1;");
        Assert.Equal("int Twice(int n)\n\nDoubles n.\n\nParameters\n- n: Any number.", await _session.InspectAsync(code));
        Assert.Equal("int other", await _session.InspectAsync("oth|er"));
    }

    [Fact]
    public async Task Detail_one_shows_more()
    {
        await _session.ValueAsync("record Point(int X, int Y);");
        string short_ = (await _session.InspectAsync("Poi|nt p;"))!, full = (await _session.InspectAsync("Poi|nt p;", 1))!;
        Assert.Equal("class Point", short_.Replace("record ", "class "));
        Assert.Contains("int Point.X", full);
        Assert.Contains("record Point(int X, int Y);", full);

        Assert.Contains("// and 12 more overloads", await _session.InspectAsync("Math.Ma|x(1, 2)"));
        string all = (await _session.InspectAsync("Math.Ma|x(1, 2)", 1))!;
        Assert.Contains("float Math.Max(float val1, float val2)", all);
        Assert.EndsWith("System, System.Private.CoreLib", all);
    }

    [Fact]
    public async Task Documentation_files_beside_assemblies_are_read()
    {
        string text = (await _session.InspectAsync("displa|y(1)"))!;
        Assert.StartsWith("DisplayedValue Kernel.display(object? value, params string[] mimeTypes)\n\nShows a value below the cell.", text);
        Assert.Contains("Returns\nA handle to show something else in the same place later.", text);
        Assert.Contains("- mimeTypes: Only these types", text);
    }

    [Fact]
    public async Task Dotnet_itself_is_documented_where_its_sdk_is()
    {
        string text = (await _session.InspectAsync("new List<int>().Ad|d(1)"))!;
        Assert.StartsWith("void List<int>.Add(int item)", text);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        if (Directory.Exists(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")))
            Assert.Contains("Adds an object to the end of the List.", text);
    }

    [Theory]
    [InlineData("#!ti|me", "Tells how long the cell took.")]
    [InlineData("#!time\nMath.P|I", "double Math.PI = 3.14159")]
    public async Task Magics_and_lines_below_them(string code, string expected) =>
        Assert.Contains(expected, await _session.InspectAsync(code));

    [Theory]
    [InlineData("unknow|n")]
    [InlineData("|")]
    [InlineData("1 + |")]
    [InlineData("// wor|d")]
    public async Task Nothing_is_said_of_nothing(string code) => Assert.Null(await _session.InspectAsync(code));
}
