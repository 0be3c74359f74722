using System.Diagnostics;
using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Tests.RealClients;

public sealed class KernelVerbTests(InstalledKernel kernel) : IClassFixture<InstalledKernel>
{
    [Fact]
    public void InstallRegistersBothNamesWithLogos()
    {
        foreach (var (name, language) in new[] { (".net-csharp", "C#"), ("csharp", "csharp") })
        {
            string folder = Path.Combine(kernel.Kernels, name);
            var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
            Assert.Equal((language, "message"), ((string?)spec["language"], (string?)spec["interrupt_mode"]));
            Assert.True(File.Exists((string?)spec["argv"]![0]), "The program must be a complete path.");
            Assert.Equal("{connection_file}", (string?)spec["argv"]!.AsArray()[^1]);
            foreach (int size in (int[])[32, 64])
            {
                var logo = StyleLab.Picture.Load(Path.Combine(folder, $"logo-{size}x{size}.png"));
                Assert.Equal((size, size), (logo.Width, logo.Height));
            }

            Assert.StartsWith("<svg ", File.ReadAllText(Path.Combine(folder, "logo-svg.svg")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ListShowsWhatIsInstalledAndUninstallRemovesOnlyThat()
    {
        using var own = new InstalledKernel();
        string foreign = Path.Combine(own.Kernels, "python3");
        Directory.CreateDirectory(foreign);
        File.WriteAllText(Path.Combine(foreign, "kernel.json"), """{"argv": ["python3"], "metadata": {"debugger": true}}""");

        Assert.Equal([".net-csharp", "csharp"], own.Stylelab("kernel", "list").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        Assert.Equal(0, own.Stylelab("kernel", "uninstall").ExitCode);
        Assert.Equal([foreign], Directory.GetDirectories(own.Kernels));

        var (exitCode, output) = own.Stylelab("kernel", "uninstall", "--name", "python3");
        Assert.Equal(1, exitCode);
        Assert.Contains("another program", output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(foreign));
    }

    [Fact]
    public void APrefixAndANameSayWhereAndUnderWhichName()
    {
        Assert.Equal(0, kernel.Stylelab("kernel", "install", "--prefix", kernel.Folder, "--name", "my-csharp").ExitCode);
        string kernels = Path.Combine(kernel.Folder, "share", "jupyter", "kernels");
        Assert.Equal(["my-csharp"], Directory.GetDirectories(kernels).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--name a/b", "cannot be the name")]
    [InlineData("--name ..", "cannot be the name")]
    [InlineData("--prefix /no/such/folder", "does not exist")]
    [InlineData("--user --prefix /tmp", "one of them")]
    public void AWrongCallIsExplained(string arguments, string part)
    {
        var (exitCode, output) = kernel.Stylelab(["kernel", "install", .. arguments.Split(' ')]);
        Assert.Equal(2, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("not json", "is not a connection file")]
    [InlineData("{\"shell_port\": 1}", "is not a connection file")]
    [InlineData("{\"ip\":\"192.0.2.1\",\"shell_port\":0,\"control_port\":0,\"stdin_port\":0,\"iopub_port\":0,\"hb_port\":0}", "cannot listen")]
    [InlineData("{\"signature_scheme\":\"hmac-md5\"}", "hmac-sha256")]
    public void AConnectionFileThatCannotBeUsedIsExplained(string content, string part)
    {
        string file = Path.Combine(kernel.Folder, "connection.json");
        File.WriteAllText(file, content);
        var (exitCode, output) = kernel.Stylelab("kernel", "run", file);
        Assert.Equal(1, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Fact]
    public async Task AKernelEndsWhenTheProcessThatStartedItHasDied()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var parent = Process.Start("sleep", "60");
        string file = Path.Combine(kernel.Folder, "connection.json");
        File.WriteAllText(file, """{"ip":"127.0.0.1","key":"","shell_port":0,"control_port":0,"stdin_port":0,"iopub_port":0,"hb_port":0}""");
        var call = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll"), "kernel", "run", file]);
        call.Environment["JPY_PARENT_PID"] = $"{parent.Id}";
        using var process = Process.Start(call)!;
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(3)));
        parent.Kill();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        Assert.Equal(0, process.ExitCode);
    }
}
