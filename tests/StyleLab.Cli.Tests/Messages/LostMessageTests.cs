using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Messages;

/// <summary>The work is done and saved whatever becomes of the messages.</summary>
public sealed class LostMessageTests : IDisposable
{
    private const string Transfer = "transfer content.png style.png --size 32 --steps 2 -o out.png";
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData(Transfer, "2>&-")]
    [InlineData(Transfer, ">&-")]
    [InlineData(Transfer, ">&- 2>&-")]
    [InlineData(Transfer, "<&- >&- 2>&-")]
    [InlineData(Transfer, "<&- >&-")]
    [InlineData(Transfer, ">/dev/full")]
    [InlineData(Transfer, "2>/dev/full")]
    [InlineData(Transfer, "> >(true)")]
    [InlineData("sweep content.png style.png --seed 1 2 --size 32 --steps 2 -o .", "2>&-")]
    [InlineData("drift content.png style.png --rounds 1 --size 32 --steps 2 -o .", ">/dev/full 2>/dev/full")]
    [InlineData("run a.ipynb --out .", ">/dev/full 2>&-")]
    [InlineData("convert a.dib sheet.ipynb", ">&-")]
    [InlineData("networks list", ">/dev/full")]
    [InlineData("compare content.png style.png", ">&-")]
    [InlineData("--help", ">/dev/full")]
    [InlineData("transfer --help", "> >(true)")]
    [InlineData("--version", ">&-")]
    public async Task The_work_is_done_and_the_exit_code_tells(string call, string where)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Code, "Console.WriteLine(\"printed\"); Console.Error.WriteLine(\"printed\"); int n = 0;\n1 + 1");
        notebook.Cells[0].Metadata["tags"] = new System.Text.Json.Nodes.JsonArray("parameters");
        notebook.Save(_stylelab.At("a.dib"));
        File.Delete(_stylelab.At("sheet.png"));
        if (call.StartsWith("run", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(_stylelab.At("from"));
            notebook.Save(_stylelab.At("from/a.ipynb"));
            call = call.Replace("a.ipynb", "from/a.ipynb", StringComparison.Ordinal);
        }

        var outcome = await _stylelab.ShellAsync(call, where);

        Assert.Equal(1, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.Error + outcome.Output);
        Assert.DoesNotContain("defect", outcome.Error + outcome.Output);
        string? made = call.Split(' ')[0] switch
        {
            "transfer" when !call.Contains("--help", StringComparison.Ordinal) => "out.png",
            "sweep" or "drift" => "sheet.png",
            "convert" => "sheet.ipynb",
            "run" => "a.ipynb",
            _ => null,
        };
        if (made != null && made.EndsWith("png", StringComparison.Ordinal))
            Assert.True(Picture.Load(_stylelab.At(made)).Width >= 32);
        else if (made != null)
            Assert.Single(Notebook.Load(_stylelab.At(made)).Cells, cell => cell.Source.Contains("1 + 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<&-")]
    [InlineData(">/dev/null 2>&1")]
    [InlineData(">log.txt 2>&1")]
    [InlineData("| cat")]
    public async Task What_goes_somewhere_is_no_failure(string where)
    {
        if (!OperatingSystem.IsLinux())
            return;
        (await _stylelab.ShellAsync(Transfer, where)).Succeeds();
        if (where.Contains("log", StringComparison.Ordinal))
            Assert.Equal(3, File.ReadAllLines(_stylelab.At("log.txt")).Length);
    }

    [Fact]
    public async Task Help_may_be_read_in_part()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var outcome = (await _stylelab.ShellAsync("--help", "| head -1")).Succeeds();
        Assert.Equal(("Description:\n", ""), (outcome.Output, outcome.Error));
    }
}
