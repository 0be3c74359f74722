namespace StyleLab.Cli.Tests.Layout;

/// <summary>No folder names what stands below it in docs/layout.md: data flows one way through the code.</summary>
public class FolderOrderTests
{
    [Theory]
    [InlineData("StyleLab.Tensors")]
    [InlineData("StyleLab.Weights")]
    [InlineData("StyleLab")]
    [InlineData("StyleLab.Jupyter")]
    [InlineData("StyleLab.Cli")]
    [InlineData("StyleLab.Notebooks")]
    [InlineData("StyleLab.TorchSharp")]
    public void NoArrowRunsBack(string project)
    {
        var order = FolderOrder.Of(project);
        var source = ProjectSource.Of(project);
        Assert.Empty(source.Folders.Where(folder => order.Rank(folder) < 0).Select(folder => $"{folder} is not in docs/layout.md"));
        Assert.Equal("", string.Join('\n', source.ArrowsBack(order).Select(arrow => arrow.ToString()).Distinct().Order()));
    }

    [Fact]
    public void AFolderBelongsToTheOneAroundItUnlessItIsListedBefore()
    {
        var order = FolderOrder.Of("StyleLab");
        Assert.True(order.Rank("Pictures/Png") == order.Rank("Pictures") && order.Rank("Pictures") < order.Rank("Networks"));
        Assert.Equal(-1, order.Rank("Elsewhere"));
        var formulas = FolderOrder.Of("StyleLab.Notebooks");
        Assert.True(formulas.Rank("Publishing/Formulas") < formulas.Rank("Publishing") && formulas.Rank("Publishing/Elsewhere") == formulas.Rank("Publishing"));
    }

    [Fact]
    public void AnArrowIsSeenAndNamed()
    {
        var arrows = ProjectSource.Of("StyleLab.Jupyter").Arrows(FolderOrder.Of("StyleLab.Jupyter")).ToList();
        Assert.Contains(arrows, arrow => arrow.ToString() == "Handlers → Messages: Request in Handler.cs");
        Assert.Contains(arrows, arrow => arrow is { From: "(root)", To: "Handlers", Name: "HandlerTable" });
        Assert.DoesNotContain(arrows, arrow => arrow.From == "Zmtp");
    }
}
