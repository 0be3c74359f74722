using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks.Tests;

public sealed class CellParserTests
{
    [Fact]
    public void A_cell_without_orders_is_one_piece_in_its_language()
    {
        var part = Assert.IsType<CodePart>(Assert.Single(CellParser.Parse("a\nb", Language.CSharp)));
        Assert.Equal((Language.CSharp, "a\nb"), (part.Language, part.Text));
        Assert.Same(Language.Markdown, ((CodePart)CellParser.Parse("# a", Language.Markdown)[0]).Language);
        Assert.Empty(CellParser.Parse(" \n", Language.CSharp));
    }

    [Fact]
    public void Languages_and_orders_split_and_csharp_keeps_its_lines()
    {
        var parts = CellParser.Parse("var a = 1;\n#!time\n#!html\n<b>\n#!unknown\n#!cs\r\na\n", Language.CSharp);
        Assert.Equal(["CodePart 1", "MagicPart 2", "CodePart 4", "CodePart 7"], parts.Select(p => $"{p.GetType().Name} {p.Line}"));
        Assert.Equal("<b>\n#!unknown", ((CodePart)parts[2]).Text);
        Assert.Equal("\n\n\n\n\n\na\n", ((CodePart)parts[3]).Text);
    }

    [Fact]
    public void Packages_sources_and_projects_come_first_and_other_references_stay()
    {
        var parts = CellParser.Parse(
            "#i \"nuget: feed\"\n#r \"x.dll\"\n#r \"nuget: A, 1.0\"\n#r nuget:B\n  #r \"../p.csproj\" // why\n1", Language.CSharp);
        var references = Assert.IsType<ReferencePart>(parts[0]);
        Assert.Equal(
            [(ReferenceKind.PackageSource, "feed"), (ReferenceKind.Package, "A, 1.0"), (ReferenceKind.Package, "B"), (ReferenceKind.Project, "../p.csproj")],
            references.References.Select(r => (r.Kind, r.Text)));
        Assert.Equal(["\n#r \"x.dll\"", "\n\n\n\n\n1"], parts.Skip(1).Cast<CodePart>().Select(part => part.Text));
        Assert.IsType<CodePart>(Assert.Single(CellParser.Parse("#r \"nuget: A\"", Language.Markdown)));
    }

    [Theory]
    [InlineData("#!time\nx\n#!html\ny\n#!c#\nz", "\nx\n\n\n\nz")]
    [InlineData("x", "x")]
    [InlineData("#!html\n", "\n")]
    public void Lines_that_are_not_csharp_become_empty(string code, string expected) =>
        Assert.Equal(expected, CellParser.CSharpOnly(code));
}
