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
        Assert.Equal(typeof(Picture).Assembly.GetName().Version!.ToString(3), (await _stylelab.RunAsync("--version")).Succeeds().Output.TrimEnd());

    [Theory]
    [InlineData("transfr a b", "stylelab has no verb 'transfr': did you mean transfer?")]
    [InlineData("paint", "stylelab has no verb 'paint'; see stylelab --help.")]
    [InlineData("networks lst", "networks has no verb 'lst': did you mean list?")]
    [InlineData("--versoin", "stylelab has no option '--versoin': did you mean --version?")]
    [InlineData("reproduce a.png --ouptut=b.png", "reproduce has no option '--ouptut': did you mean --output?")]
    [InlineData("reproduce a.png -o", "Required argument missing for option: '-o'; see stylelab reproduce --help.")]
    public async Task What_was_mistyped_is_guessed(string call, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

    [Fact]
    public async Task A_wrong_environment_variable_is_a_wrong_call() =>
        (await _stylelab.RunAsync("transfer content.png style.png --size 32 --steps 1", ("STYLELAB_THREADS", "many")))
            .FailsWith(2, "STYLELAB_THREADS is 'many'");
}
