namespace StyleLab.Cli.Tests.Verbs;

/// <summary>What the runs of a series warn of is said once, with the runs it is of.</summary>
public sealed class SweepWarningTests : IDisposable
{
    private const string Pulls = "The content pulls the picture", Squeezed = "The guide wide.png of 400×100 is squeezed to the shape of the result, 32×27;";

    private readonly Stylelab _stylelab = new();

    public SweepWarningTests()
    {
        Pictures.Content(400, 100).Save(_stylelab.At("wide.png"));
        var values = new float[48 * 40];
        Array.Fill(values, 1, 0, 960);
        Pictures.Content(48, 40).WithAlpha(new Picture(48, 40, [.. values, .. values, .. values])).Save(_stylelab.At("cut.png"));
    }

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Each_warning_is_said_once_and_stands_in_the_table_kept_results_included()
    {
        const string Call = "sweep content.png style.png --size 32 --steps 2 --style-weight 1 1e6 --seed 1 2 --start noise --mask wide.png -o s";
        foreach (int kept in (int[])[0, 4])
        {
            var outcome = (await _stylelab.RunAsync(Call)).Succeeds();
            Assert.Equal(kept > 0, outcome.Output.Contains("4 of them kept"));
            string[] warnings = Warnings(outcome);
            Assert.Equal(2, warnings.Length);
            Assert.StartsWith("Warning: All 4 cells: " + Squeezed, warnings[0]);
            Assert.StartsWith("Warning: style weight 1000000 (2 of 4 cells): " + Pulls, warnings[1]);

            string[] table = File.ReadAllLines(_stylelab.At("s/sweep.csv"));
            Assert.EndsWith(",error,warnings", table[0]);
            Assert.All(table[1..], row => Assert.Contains(",,\"" + Squeezed, row));
            Assert.Equal([false, false, true, true], table[1..].Select(row => row.Contains(Pulls)));
        }
    }

    [Theory]
    [InlineData("content.png style.png --mask none wide.png --seed 1 2 --start noise", "mask wide.png (2 of 4 cells): " + Squeezed)]
    [InlineData("cut.png style.png --seed 1 2 --start noise", "All 2 cells: The picture cut.png is transparent in places, and the result is transparent there, too.")]
    [InlineData("content.png style.png cut.png", "style cut (1 of 2 cells): The style cut.png is transparent in places")]
    public async Task It_says_which_cells_it_is_of(string call, string expected)
    {
        var outcome = (await _stylelab.RunAsync($"sweep {call} --size 32 --steps 1 -o s")).Succeeds();
        Assert.StartsWith("Warning: " + expected, Assert.Single(Warnings(outcome)));
    }

    [Fact]
    public async Task Runs_that_went_nowhere_are_told_and_those_that_ended_as_NaN_have_failed()
    {
        var nowhere = (await _stylelab.RunAsync("sweep content.png style.png --size 32 --steps 20 --optimizer adam --learning-rate 1000 30 -o s")).Succeeds();
        Assert.Contains("Warning: All 2 cells: The run was taken back to its best picture 3 times", nowhere.Error);
        // The losses of the two differ, the sentence does not.
        Assert.Single(nowhere.Error.Split("The result is the best picture that was seen")[1..]);

        var outcome = await _stylelab.RunAsync("sweep content.png style.png --size 32 --steps 8 --optimizer adam --learning-rate 1e38 0.02 -o n");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Warning: learning rate 1E+38 (1 of 2 cells): The objective or its gradient ended as NaN or infinity", outcome.Error);
        string[] table = File.ReadAllLines(_stylelab.At("n/sweep.csv"));
        Assert.Contains(",false,The objective or its gradient ended as NaN or infinity: the result is the best picture before; check the learning rate and the weights of its terms.,", table[1]);
        Assert.EndsWith(",false,,", table[2]);
        Assert.True(File.Exists(_stylelab.At("n/sheet.png")));
    }

    [Fact]
    public async Task A_drift_says_each_once_too_and_a_transparent_picture_where_it_begins()
    {
        foreach (int _ in (int[])[1, 2])
        {
            var outcome = (await _stylelab.RunAsync("drift cut.png style.png --size 32 --steps 2 --rounds 3 --mask wide.png -o d")).Succeeds();
            Assert.Equal(
                ["Warning: All 3 rounds: " + Squeezed, "Warning: Round 1: The picture cut.png is transparent in places, and the result is transparent there, too."],
                Warnings(outcome).Select(warning => warning.Replace(" to keep its own shape, crop it to 32:27 first.", "")));
        }
    }

    [Fact]
    public async Task Files_are_called_by_their_names_wherever_they_are()
    {
        string at = _stylelab.Folder + "/";
        var outcome = (await _stylelab.RunAsync($"transfer {at}content.png {at}style.png --style-mask wide.png --mask {at}wide.png --size 32 --steps 1 -o t.png")).Succeeds();
        Assert.Contains("Warning: The guide wide.png of 400×100 is squeezed to the shape of the result", outcome.Error);
        Assert.Contains("Warning: The guide wide.png of 400×100 is squeezed to the shape of its picture style.png, 32×32;", outcome.Error);
        Assert.DoesNotContain(at, outcome.Error);
    }

    private static string[] Warnings(Outcome outcome) =>
        [.. outcome.Error.Split('\n').Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal))];
}
