using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Tests.Parsing;

public sealed class HelpTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData("--help", "transfer")]
    [InlineData("transfer --help", "--content-layers <LAYERS>")]
    [InlineData("reproduce -h", "--output <FILE>")]
    [InlineData("networks -h", "describe <NAME|FILE>")]
    [InlineData("networks list --help", "stylelab networks list [options]")]
    [InlineData("networks describe --help", "NAME|FILE")]
    [InlineData("networks fetch --help", "the mirror STYLELAB_NETWORKS_URL")]
    [InlineData("networks verify --help", "all that are on this computer if none is given")]
    [InlineData("networks import --help", "import <FILE>")]
    [InlineData("run --help", "--timeout <S>")]
    [InlineData("publish --help", "stylelab publish downloaded.ipynb --sanitize")]
    public async Task Every_verb_explains_itself_with_examples(string call, string expected)
    {
        var help = (await _stylelab.RunAsync(call)).Succeeds().Output;

        Assert.Contains(expected, help);
        Assert.Contains("\nExamples:\n  stylelab ", help);
    }

    [Fact]
    public async Task A_call_without_a_verb_shows_the_verbs()
    {
        var outcome = await _stylelab.RunAsync("");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("transfer <CONTENT> <STYLE>", outcome.Output);
    }

    [Fact]
    public async Task The_version_is_the_library_s() =>
        Assert.Equal(typeof(Picture).Assembly.GetName().Version!.ToString(3), (await _stylelab.RunAloneAsync("--version")).Succeeds().Output.TrimEnd());

    [Theory]
    [InlineData("transfr a b", "stylelab has no verb 'transfr': did you mean transfer?")]
    [InlineData("paint", "stylelab has no verb 'paint'; see stylelab --help.")]
    [InlineData("networks lst", "networks has no verb 'lst': did you mean list?")]
    [InlineData("--versoin", "stylelab has no option '--versoin': did you mean --version?")]
    [InlineData("reproduce a.png --ouptut=b.png", "reproduce has no option '--ouptut': did you mean --output?")]
    public async Task What_was_mistyped_is_guessed(string call, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

    [Theory]
    [InlineData("transfer a b -o --steps 3", "The FILE after -o is missing: '--steps' follows; see stylelab transfer --help.")]
    [InlineData("transfer a b --output", "The FILE after --output is missing; see stylelab transfer --help.")]
    [InlineData("transfer a b --start --seed 2", "The noise|content|blurred|FILE after --start is missing: '--seed' follows")]
    [InlineData("transfer a b --sizes -o c.png", "The N after --sizes is missing: '-o' follows")]
    [InlineData("texture a --layers --tileable", "The LAYERS after --layers is missing: '--tileable' follows")]
    [InlineData("sweep a b --seed 1 2 --tv --steps 3 4", "The W after --tv is missing: '--steps' follows")]
    [InlineData("reproduce a.png -o", "The FILE after -o is missing; see stylelab reproduce --help.")]
    [InlineData("run a.ipynb --out --html", "The DIR after --out is missing: '--html' follows; see stylelab run --help.")]
    [InlineData("animate a.png -o -x.gif", "The FILE after -o is missing: '-x.gif' follows")]
    [InlineData("networks verify --network", "verify has no option '--network'")]
    [InlineData("transfer a b --steps -3", "--steps takes a whole number of at least 0, got '-3'")]
    [InlineData("animate a --fade -0.5", "--fade takes a number of at least 0, got '-0.5'")]
    public async Task A_value_that_is_missing_is_not_taken_from_the_next_option(string call, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

    [Fact]
    public async Task A_wrong_environment_variable_is_a_wrong_call() =>
        (await _stylelab.RunAsync("transfer content.png style.png --size 32 --steps 1", ("STYLELAB_THREADS", "many")))
            .FailsWith(2, "STYLELAB_THREADS is 'many'");
}
