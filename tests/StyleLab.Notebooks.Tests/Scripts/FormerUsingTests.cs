namespace StyleLab.Notebooks.Tests;

/// <summary>Names that .NET Interactive once knew without a using.</summary>
public sealed class FormerUsingTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Formatter.Register<Version>(v => \"v\" + v, \"text/plain\");\nnew Version(1, 2)", "v1.2")]
    [InlineData("PocketView view = span(b(\"x\"));\nview.ToString()", "<span><b>x</b></span>")]
    [InlineData("new LaTeXString(\"$x$\").ToString()", "$x$")]
    public async Task They_are_found(string code, string expected)
    {
        await _session.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(_session.Results).Data[MimeTypes.PlainText]);
    }

    [Fact]
    public async Task An_unknown_name_stays_unknown_and_names_of_ones_own_come_first()
    {
        Assert.StartsWith("CS0103: The name 'nowhere'", await _session.ErrorAsync("nowhere(span)"));
        await _session.ValueAsync("int span(int n) => n + 1;");
        Assert.Equal(3, await _session.ValueAsync("span(2)"));
    }
}
