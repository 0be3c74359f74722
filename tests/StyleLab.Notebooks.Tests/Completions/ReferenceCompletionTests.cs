using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks.Tests;

/// <summary>What a cell's <c>#r</c> and <c>#load</c> bring is known to the keyboard, in later cells and below the line itself.</summary>
public sealed class ReferenceCompletionTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public ReferenceCompletionTests()
    {
        _session = new RecordedSession(_folder);
        Compile("Orchard", """
            namespace Orchard
            {
                public class Appletree
                {
                    public Appletree(int branches) { Ladder = new(); }
                    public Cellar.Ladder Ladder { get; }
                    public int Apples => 3;
                    public static Appletree Plant(int depth, string name) => new(depth);
                }
                public static class Knife { public static int Graft(int twigs) => twigs; public static int Peeled(this int apples) => apples; }
            }
            namespace Orchard.Cellar { public class Ladder { public int Rungs; } }
            """);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Applet|", "Appletree")]
    [InlineData("new Applet|", "Appletree")]
    [InlineData("List<Applet|", "Appletree")]
    [InlineData("Graf|", "Graft")]
    [InlineData("Store.Ladd|", "Ladder")]
    [InlineData("Tree.Pla|", "Plant")]
    [InlineData("Tre|", "Tree")]
    [InlineData("Orch|", "Orchard")]
    [InlineData("using Orchard.Cel|", "Cellar")]
    [InlineData("tree.App|", "Apples")]
    [InlineData("tree.Ladder.Ru|", "Rungs")]
    [InlineData("tree.Apples.Peel|", "Peeled")]
    [InlineData("new Appletree(bran|", "branches:")]
    [InlineData("{ var mine = new Appletree(2); mine.Lad| }", "Ladder")]
    public async Task What_an_assembly_given_by_its_path_brought_is_offered_by_later_cells(string code, string expected)
    {
        await _session.ValueAsync("#r \"lib/Orchard.dll\"\nusing Orchard;");
        await _session.ValueAsync("using static Orchard.Knife;\nusing Tree = Orchard.Appletree;\nusing Store = Orchard.Cellar;\nvar tree = new Appletree(1);");
        await _session.ErrorAsync("throw new Exception(\"between\");");
        Assert.Contains(expected, await Texts(code));
    }

    [Theory]
    [InlineData("#r \"lib/Orchard.dll\"\nusing Orchard;\nApplet|", "Appletree")]
    [InlineData("#r \"lib/Orchard.dll\"\nusing Orchard;\nAppletree.Pl|", "Plant")]
    [InlineData("#r \"lib/Orchard.dll\"\nvar a = new Orchard.Appl|", "Appletree")]
    [InlineData("#!time\n#r \"lib/Orchard.dll\"\nusing static Orchard.Knife;\nGra|", "Graft")]
    [InlineData("#r \"StyleLab.Notebooks.Tests\"\nusing StyleLab.Notebooks.Tests;\nRecordedSes|", "RecordedSession")]
    public async Task Below_the_line_itself_too(string code, string expected)
    {
        await _session.ValueAsync("using System.Globalization;");
        Assert.Contains(expected, await Texts(code));

        // And a using of an earlier cell still counts.
        Assert.Contains("CultureInfo", await Texts(code[..(code.LastIndexOf('\n') + 1)] + "CultureIn|"));
    }

    [Fact]
    public async Task An_assembly_given_by_its_name_a_loaded_file_and_one_that_it_references()
    {
        File.WriteAllText(Path.Combine(_folder, "tools.csx"), "#r \"lib/Orchard.dll\"\nusing Orchard;\nclass Basketful { public Appletree From; }\nint Harvest() => 1;");
        await _session.ValueAsync("#r \"StyleLab.Notebooks.Tests\"\nusing StyleLab.Notebooks.Tests;");
        await _session.ValueAsync("#load \"tools.csx\"");
        Assert.Contains("RecordedSession", await Texts("RecordedSes|"));
        Assert.Contains("Basketful", await Texts("Basket|"));
        Assert.Contains("Harvest", await Texts("Harv|"));
        Assert.Contains("Orchard", await Texts("Orch|"));
        Assert.Contains("Apples", await Texts("new Basketful().From.App|"));
    }

    [Fact]
    public async Task What_never_ran_is_not_offered()
    {
        await _session.ErrorAsync("#r \"lib/Orchard.dll\"\nusing Orchard;\nnothing.Known();");
        Assert.DoesNotContain("Orchard", await Texts("Orch|"));
    }

    [Fact]
    public async Task The_tooltip_and_the_arguments_know_it()
    {
        await _session.ValueAsync("#r \"lib/Orchard.dll\"\nusing Orchard;");
        Assert.Equal("class Appletree", await _session.InspectAsync("Applet|ree"));
        Assert.Equal("Appletree Appletree.Plant(int depth, string name)", await _session.InspectAsync("Appletree.Plant(1, |"));
        Assert.Contains("int branches", await _session.InspectAsync("Appletree mine = new(|)"));
        Assert.Equal("class Appletree", await _session.InspectAsync("#r \"lib/Orchard.dll\"\nusing Orchard;\nApplet|ree mine;"));
    }

    private async Task<IEnumerable<string>> Texts(string code) => (await _session.CompleteAsync(code)).Items.Select(item => item.Text);

    private void Compile(string name, string code)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "lib")).FullName;
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(Path.Combine(folder, name + ".dll")).Success);
    }
}
