using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StyleLab.Tests;

/// <summary>Pages that say what is elsewhere as well.</summary>
public class RepositoryTests
{
    [Fact]
    public void ThePageOfPublicTypesIsUpToDate()
    {
        string expected = ApiPage.Page.Write(Repository.Folder);
        string path = Path.Combine(Repository.Folder, ApiPage.Page.File);
        Assert.True(File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == expected,
            $"{ApiPage.Page.File} is out of date; make it again with: {ApiPage.Page.Command}");
    }

    [Fact]
    public void ThePageOfPublicTypesSaysWhatACallerNeeds()
    {
        string page = ApiPage.Page.Write(Repository.Folder);
        Assert.StartsWith($"<!-- Made from the XML documentation by `{ApiPage.Page.Command}`", page);
        Assert.InRange(page.Count(c => c == '\n'), 300, 1500);
        Assert.Contains("\n## Losses\n", page);
        Assert.Contains("\n### SeriesRun<TItem, TResult>\n", page);
        Assert.Contains("`record Pass(PictureSize Size, int Steps)`", page);
        Assert.Contains("`Loss operator +(Loss a, Loss b)`", page);
        Assert.Contains("static Loss Content(Picture picture, LayerPick? layers = null, Convention convention = Convention.Balanced, Picture? guide = null, LossNetwork? on = null)", page);
        Assert.Contains("How far the activations are from those of `picture`.", page);
    }

    [Fact]
    public void ThePageOfDependenciesNamesEveryPackage()
    {
        var pinned = XDocument.Load(Path.Combine(Repository.Folder, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}").Order();
        var named = File.ReadLines(Path.Combine(Repository.Folder, "docs", "dependencies.md"))
            .Select(line => Regex.Match(line, @"^\| ([\w.-]+) \| ([\w.-]+) \| [\w.-]+ \| .+ \|$")).Where(match => match.Success && match.Groups[1].Value != "package")
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Order();
        Assert.Equal(pinned, named);
    }
}
