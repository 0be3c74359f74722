using StyleLab.Tensors.Engines.Simd;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>Every operation on the default engine as it is chosen on machines that have less than this one.</summary>
public class InstructionSetTests
{
    [Fact]
    public void WorksWithoutAvx512() => Check("DOTNET_EnableAVX512", Best(except: ["avx512"]));

    [Fact]
    public void WorksWithoutAvx2() => Check("DOTNET_EnableAVX2", Best(except: ["avx512", "avx2"]));

    [Fact]
    public void WorksWithoutVectors() => Check("DOTNET_EnableHWIntrinsic", "scalar");

    private static string Best(string[] except) =>
        ConvolutionAlgorithm.Available().Select(r => r.Name).First(name => !except.Contains(name));

    private static void Check(string switchedOff, string algorithm)
    {
        var (exitCode, output) = ChildProcess.Run(new Dictionary<string, string> { [switchedOff] = "0" }, ChildProgram.CheckOperations);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith($"algorithm {algorithm}{Environment.NewLine}", output);
    }
}
