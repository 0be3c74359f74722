using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class TransferBatchTests : IDisposable
{
    private const string Small = "--size 32 --steps 3";

    private readonly Stylelab _stylelab = new();

    public TransferBatchTests()
    {
        Directory.CreateDirectory(_stylelab.At("photos"));
        Pictures.Content(40, 30).Save(_stylelab.At("photos/a.png"));
        Pictures.Content(30, 40).Save(_stylelab.At("photos/b.jpg"));
        File.WriteAllText(_stylelab.At("photos/bad.png"), "This is no picture.");
        File.WriteAllText(_stylelab.At("photos/notes.txt"), "Neither is this, and it says so.");
        Pictures.Content(32, 32).Save(_stylelab.At("photos/c.png"));
    }

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task A_bad_picture_is_told_and_the_others_are_made()
    {
        var outcome = await _stylelab.RunAsync($"transfer --content photos style.png --out painted {Small}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("bad.png failed: ", outcome.Error);
        Assert.Contains("1 of 4 pictures failed: ", outcome.Error);
        Assert.Contains("painted · 3 of 4 pictures", outcome.Output);
        Assert.Equal(["a.png", "b.png", "c.png"], Directory.GetFiles(_stylelab.At("painted")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // It is what a call for each makes.
        (await _stylelab.RunAsync($"transfer photos/b.jpg style.png -o b.png {Small}")).Succeeds();
        Assert.Equal(Picture.Load(_stylelab.At("b.png")).Values, Picture.Load(_stylelab.At("painted/b.png")).Values);
    }

    [Fact]
    public async Task Contents_of_one_name_keep_apart_and_a_file_is_no_folder()
    {
        Pictures.Content(30, 40).Save(_stylelab.At("photos/a.jpg"));
        (await _stylelab.RunAsync($"transfer photos/a.png photos/a.jpg photos/c.png --style style.png --out painted {Small}")).Succeeds();
        Assert.Equal(["a.jpg.png", "a.png.png", "c.png"], Directory.GetFiles(_stylelab.At("painted")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var outcome = await _stylelab.RunAsync($"transfer photos/a.png style.png --out one.png {Small}");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--out takes a folder, got 'one.png': for one picture say -o one.png.", outcome.Error);
        Assert.False(Path.Exists(_stylelab.At("one.png")));
    }

    [Fact]
    public async Task The_same_call_keeps_what_is_there_and_another_one_makes_it_anew()
    {
        const string Call = "transfer photos/a.png photos/c.png --style style.png --out painted";
        (await _stylelab.RunAsync($"{Call} {Small}")).Succeeds();
        File.Delete(_stylelab.At("painted/c.png"));

        Assert.Contains("2 of 2 pictures, 1 of them kept from before", (await _stylelab.RunAsync($"{Call} {Small}")).Succeeds().Output);
        Assert.Contains("painted · 2 of 2 pictures\n", (await _stylelab.RunAsync($"{Call} {Small} --style-weight 2")).Succeeds().Output);
    }

    [Fact]
    public async Task An_interrupted_batch_goes_on_bit_for_bit_with_the_same_call()
    {
        if (OperatingSystem.IsWindows())
            return;
        const string Call = "transfer style.png --content photos/a.png photos/c.png --size 64 --steps 300 --out";
        (await _stylelab.RunAsync($"{Call} whole")).Succeeds();

        using var process = _stylelab.Start($"{Call} painted");
        await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("step ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        var interrupted = await Stylelab.FinishAsync(process);
        Assert.Equal(1, interrupted.ExitCode);
        Assert.Contains("Interrupted at photos/a.png, 1 of 2: the same call goes on from there.", interrupted.Error);
        Assert.Equal(["a.resume.safetensors"], Directory.GetFiles(_stylelab.At("painted")).Select(Path.GetFileName));

        (await _stylelab.RunAsync($"{Call} painted")).Succeeds();
        Assert.Equal(["a.png", "c.png"], Directory.GetFiles(_stylelab.At("painted")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(_stylelab.At("whole/a.png")), File.ReadAllBytes(_stylelab.At("painted/a.png")));
    }

    [Fact]
    public async Task Several_styles_are_told_and_can_be_named()
    {
        string told = (await _stylelab.RunAsync($"transfer content.png style.png photos/c.png {Small}")).Succeeds().Error;
        Assert.Contains("Content: content.png. Styles, mixed in one picture: style.png, photos/c.png.", told);

        const string Six = "photos/a.png photos/b.jpg photos/c.png style.png photos/a.png photos/b.jpg";
        (await _stylelab.RunAsync($"transfer content.png --style {Six.Replace("photos/a.png photos/b.jpg photos/c.png ", "")} {Small} -o m.png")).Succeeds();
        Assert.Equal(3, Recipe.Of(Picture.Load(_stylelab.At("m.png")), _stylelab.Folder).Objective.Styles().Count);
    }

    [Theory]
    [InlineData("transfer content.png style.png photos/a.png photos/b.jpg photos/c.png style.png", "That is content.png as content and 5 styles in one picture: for a picture of each, name the style with --style")]
    [InlineData("transfer photos style.png", "photos is a folder: say with --out which folder")]
    [InlineData("transfer content.png photos/a.png --style style.png", "There are 2 content pictures: say with --out")]
    [InlineData("transfer --content content.png style.png --out painted", "There is no style picture: give it after --style, or before --content")]
    [InlineData("transfer --style style.png --out painted", "There is no content picture")]
    [InlineData("transfer photos/a.png --content content.png --style style.png", "'photos/a.png' is one too many")]
    [InlineData("transfer content.png photos/a.png --style style.png --out painted -o a.png", "leave out --output and --resume")]
    [InlineData("transfer --content photos --style style.png --out photos", "The results cannot go into photos, where the content")]
    [InlineData("transfer --content photos/a.png photos/a.png --style style.png --out painted", "--content has photos/a.png twice")]
    [InlineData("transfer --content empty --style style.png --out painted", "The folder empty holds no pictures")]
    [InlineData("transfer --content nowhere --style style.png --out painted", "nowhere does not exist")]
    [InlineData("transfer --content photos/a.png photos/none.png --style style.png --out painted", "photos/none.png does not exist")]
    [InlineData("transfer --content photos --style none.png --out painted", "none.png does not exist")]
    [InlineData("transfer --content photos --style style.png --out painted --style-layers relu9_9", "There is no layer 'relu9_9'")]
    public async Task What_is_not_clear_is_asked_before_the_run(string call, string expected)
    {
        Directory.CreateDirectory(_stylelab.At("empty"));

        (await _stylelab.RunAsync(call)).FailsWith(2, expected);

        Assert.False(Directory.Exists(_stylelab.At("painted")));
    }
}
