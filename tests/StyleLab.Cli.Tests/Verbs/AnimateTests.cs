namespace StyleLab.Cli.Tests.Verbs;

public sealed class AnimateTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Pictures_become_a_gif_of_the_size_of_the_first()
    {
        var outcome = (await _stylelab.RunAsync("animate content.png style.png -o a.gif --size 24 --hold 0.5 --fade 0.25 --dithering ordered")).Succeeds();
        Assert.Equal("a.gif · animation 24×20, 8 frames, 1.5 s\n", outcome.Output);
        var gif = File.ReadAllBytes(_stylelab.At("a.gif"));
        Assert.Equal("GIF89a"u8.ToArray(), gif[..6]);
        Assert.Equal([24, 0, 20, 0], gif[6..10]);
    }

    [Theory]
    [InlineData("animate content.png -o a.png", 2, "give it the extension .gif or .mp4.")]
    [InlineData("animate none.png", 2, "none.png does not exist")]
    [InlineData("animate content.png -o none/a.gif", 1, "does not exist.")]
    [InlineData("animate content.png --size 20000", 2, "--size 20000 is too large for content.png")]
    [InlineData("animate content.png --hold 0", 1, "0.02 to 600 seconds, not 0.")]
    [InlineData("animate content.png --fade x", 2, "--fade takes a number of at least 0, got 'x'.")]
    [InlineData("animate content.png --dithering random", 2, "--dithering takes floyd-steinberg or ordered or none, got 'random'.")]
    public async Task What_cannot_be_animated_gets_one_sentence(string call, int exitCode, string expected) =>
        (await _stylelab.RunAsync(call)).FailsWith(exitCode, expected);
}
