namespace StyleLab.Jupyter.Tests.RealClients;

public sealed class JupyterKernelTestTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    [Fact]
    public void JupytersOwnTestOfAKernelPasses()
    {
        if (!Python.Has(output, "jupyter_kernel_test"))
            return;
        var (exitCode, text) = Python.Run(kernel.Environment, Python.Client("kernel_test.py"));
        Assert.True(exitCode == 0, text);
        output.WriteLine(text);
    }
}
