namespace StyleLab.Cli.Tests.Verbs;

public sealed class NetworksTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task List_names_every_network_that_can_be_used_by_name()
    {
        var lines = (await _stylelab.RunAsync("networks list")).Succeeds().Output.TrimEnd().Split('\n');

        Assert.Equal(LossNetwork.Names, lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Describe_shows_the_card()
    {
        var card = (await _stylelab.RunAsync("networks describe vgg19-slim")).Succeeds().Output;

        Assert.Equal(LossNetwork.Load("vgg19-slim").Describe().ToString(), card.TrimEnd());
    }

    [Theory]
    [InlineData("networks describe vgg18", 2, "did you mean 'vgg19-slim'?")]
    [InlineData("networks describe folder/weights.safetensors", 2, "There is no network file")]
    [InlineData("networks describe content.png", 1, "is not a safetensors file")]
    [InlineData("networks describe", 2, "missing")]
    public async Task What_is_wrong_is_said_in_one_sentence(string call, int exitCode, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
}
