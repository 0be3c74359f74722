using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Tests;

/// <summary>What a finished command left: exit code and everything it printed.</summary>
public sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that the call failed with this exit code, this in its sentence, and nothing else than one sentence.</summary>
    public void FailsWith(int exitCode, string expected)
    {
        Assert.Contains(expected, Error);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", Error);
        Assert.Empty(Output);
        Assert.Equal(exitCode, ExitCode);
    }

    /// <summary>Asserts exit code 0.</summary>
    public Outcome Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return this;
    }
}
