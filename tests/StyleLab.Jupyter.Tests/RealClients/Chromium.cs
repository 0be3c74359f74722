using Microsoft.Playwright;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The browser of the system, without a window.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Starts it; null where there is none, which CI does not forgive.</summary>
    public static async Task<(IPlaywright, IBrowser)?> StartAsync(ITestOutputHelper output)
    {
        bool hasBrowser = File.Exists(Program);
        Assert.True(hasBrowser || Environment.GetEnvironmentVariable("CI") != "true", $"CI needs {Program} for this test.");
        if (!hasBrowser)
        {
            output.WriteLine($"Nothing was tested: there is no {Program}.");
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }
}
